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

    private func read(_ text: String) -> [CSVReader.Row] {
        var reader = CSVReader()
        return reader.read(text.utf8) + [reader.finish()].compactMap(\.self)
    }
}
