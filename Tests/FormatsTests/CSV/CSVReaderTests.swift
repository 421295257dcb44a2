import Testing

@testable import Formats

@Suite struct CSVReaderTests {
    @Test func `rows have cells, quotes hold what would part them`() {
        let rows = read("a,b\r\n\"1,2\",\"say \"\"x\"\"\"\n,\n")
        #expect(rows.map(\.cells) == [["a", "b"], ["1,2", "say \"x\""], ["", ""]])
        #expect(rows.map(\.line) == [1, 2, 3])
    }

    @Test func `a quoted line end is part of its cell, and lines are counted on`() {
        let rows = read("\"a\nb\",c\nd,e")
        #expect(rows.map(\.cells) == [["a\nb", "c"], ["d", "e"]])
        #expect(rows.map(\.line) == [1, 3])
    }

    @Test func `empty lines are none, and a byte order mark is passed over`() {
        #expect(read("\u{FEFF}a\n\n\r\nb\n").map(\.cells) == [["a"], ["b"]])
    }

    @Test func `what cannot be read is a row with its reason, and the next is read`() {
        let rows = read("\"a\"b,c\nd,e\n")
        #expect(rows.map(\.fault) == ["something stands behind a closing quote", nil])
        #expect(rows.last?.cells == ["d", "e"])
    }

    @Test func `a quote that is never closed is said at the end`() {
        #expect(read("a\n\"b\nc").last?.fault == "a quote is not closed")
    }

    @Test func `a row has a limit, so that memory has one`() {
        let rows = read(String(repeating: "x", count: CSVReader.rowBytesMax + 1) + "\nb\n")
        #expect(rows.map { $0.fault == nil } == [false, true])
    }

    @Test(arguments: 1...7)
    func `however the bytes come in pieces`(size: Int) {
        let bytes = Array("\u{FEFF}a,\"b\"\"\r\n\",c\r\n\"d\",,\n".utf8)
        var reader = CSVReader()
        var rows: [CSVReader.Row] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            rows += reader.read(bytes[start..<min(start + size, bytes.count)])
        }
        if let last = reader.finish() { rows.append(last) }
        #expect(rows.map(\.cells) == [["a", "b\"\r\n", "c"], ["d", "", ""]])
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\r\r\n"])
    func `lines end as any system ends them`(end: String) {
        let rows = read(["a,b", "1,2", "3,4"].joined(separator: end))
        #expect(rows.map(\.cells) == [["a", "b"], ["1", "2"], ["3", "4"]])
    }

    @Test func `a carriage return alone ends a line, and is counted`() {
        #expect(read("a\rb\rc").map(\.line) == [1, 2, 3])
    }

    @Test(arguments: [",", ";", "\t"])
    func `what separates the first cells separates all`(separator: String) {
        let rows = read("a\(separator)b\n\"1\(separator)2\"\(separator)x\n")
        #expect(rows.map(\.cells) == [["a", "b"], ["1\(separator)2", "x"]])
    }

    @Test func `behind a first row with semicolons, a comma is part of a cell`() {
        #expect(read("a;b\n1,5;2\n").last?.cells == ["1,5", "2"])
    }

    @Test func `behind a first row of one cell, commas separate`() {
        #expect(read("a\n1;2,3\n").last?.cells == ["1;2", "3"])
    }

    @Test(arguments: [true, false])
    func `UTF-16 with its mark is read, also outside the basic plane`(isLittle: Bool) {
        let bytes = "\u{FEFF}a\tb\r\n\u{1F600}\té\r\n".utf16.flatMap { unit -> [UInt8] in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return isLittle ? [low, high] : [high, low]
        }
        var reader = CSVReader()
        let rows = reader.read(bytes) + [reader.finish()].compactMap(\.self)
        #expect(rows.map(\.cells) == [["a", "b"], ["\u{1F600}", "é"]])
    }

    private func read(_ text: String) -> [CSVReader.Row] {
        var reader = CSVReader()
        return reader.read(text.utf8) + [reader.finish()].compactMap(\.self)
    }
}
