import Formats
import Testing

/// Hostile and broken input, each with the verdict that it must get.
@Suite struct MalformedJSONTests {
    @Test(arguments: [
        ("", 1, 1, "There is no document."),
        (" \n\t", 2, 2, "The document ends too early."),
        ("{", 1, 2, "The document ends too early."),
        ("[1,]", 1, 4, "A value is missing here."),
        ("[1 2]", 1, 4, "A comma or ] is missing here."),
        (#"{"a" 1}"#, 1, 6, "A colon is missing here."),
        (#"{"a":1,}"#, 1, 8, "A key in double quotes is missing here."),
        ("{a:1}", 1, 2, "A key in double quotes is missing here."),
        (#"{"a":1]"#, 1, 7, "A comma or } is missing here."),
        ("[1] x", 1, 5, "There is something behind the end of the document."),
        ("{}{}", 1, 3, "There is something behind the end of the document."),
        ("tru", 1, 1, "A value is missing here."),
        ("NaN", 1, 1, "A value is missing here."),
        ("'a'", 1, 1, "A value is missing here."),
        ("// no\n1", 1, 1, "A value is missing here."),
        ("[\n  1,\n  x\n]", 3, 3, "A value is missing here."),
        (#"["é", x]"#, 1, 7, "A value is missing here."),
        ("01", 1, 1, "A number must not begin with 0."),
        ("-", 1, 2, "A digit is missing here."),
        ("1.", 1, 3, "A digit is missing here."),
        ("1e", 1, 3, "A digit is missing here."),
        ("+1", 1, 1, "A value is missing here."),
        ("[1e400]", 1, 2, "This number is too large."),
        ("[-1e400]", 1, 2, "This number is too large."),
        ("[18446744073709551616]", 1, 2, "This number is too large."),
        ("[-9223372036854775809]", 1, 2, "This number is too large."),
        (#""abc"#, 1, 5, "The document ends inside a string."),
        (#""\x""#, 1, 2, "JSON has no such escape."),
        (#""\u12g4""#, 1, 2, "After \\u there must be four hexadecimal digits."),
        (#""\ud800""#, 1, 2, "This is half of a surrogate pair."),
        (#""\ud800\n""#, 1, 2, "This is half of a surrogate pair."),
        (#""\ud800\ud800""#, 1, 2, "This is half of a surrogate pair."),
        ("\"a\tb\"", 1, 3, "A control character in a string must be escaped."),
        ("\"a\u{0}b\"", 1, 3, "A control character in a string must be escaped."),
        ("\u{FEFF}{}", 1, 1, "The document begins with a byte order mark."),
    ])
    func `broken syntax is refused where it breaks`(text: String, line: Int, column: Int, reason: String) {
        let problem = #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: text) }

        #expect(problem == MalformedJSON(line: line, column: column, reason: reason))
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22],
            [0x22, 0xE2, 0x82, 0x22], [0x22, 0xC3], [0x5B, 0x80, 0x5D], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
        ] as [[UInt8]]
    )
    func `what is not UTF-8 is refused`(bytes: [UInt8]) {
        #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: bytes) }
    }

    @Test func `a lone low surrogate is refused`() {
        #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: #"["\udc00"]"#) }
        #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: #"{"\udfff":1}"#) }
    }

    @Test(arguments: [
        (#"{"a":1,"b":2,"a":3}"#, 1, 14, "/a"),
        (#"{"x":[{},{"a":1,"\u0061":2}]}"#, 1, 17, "/x/1/a"),
        ("{\"k\":{\n\"a\":1,\n\"a\":2}}", 3, 1, "/k/a"),
        (#"{"":1,"":2}"#, 1, 7, "/"),
    ])
    func `a key that occurs twice is refused with its place`(text: String, line: Int, column: Int, pointer: String) {
        let problem = #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: text) }

        #expect(problem?.line == line)
        #expect(problem?.column == column)
        #expect(problem?.pointer == pointer)
        #expect(problem?.reason == "This key occurs twice in its object.")
    }

    @Test func `a key that occurs twice among thousands is refused`() {
        let members = (0..<3000).map { #""key\#($0)":0"# } + [#""key7":1"#]

        let problem = #expect(throws: MalformedJSON.self) {
            try JSONDocument(parsing: "{\(members.joined(separator: ","))}")
        }

        #expect(problem?.pointer == "/key7")
        #expect(problem?.column == 2 + members.dropLast().reduce(0) { $0 + $1.count + 1 })
    }

    @Test func `the same key in different objects is no duplicate`() throws {
        #expect(try JSONDocument(parsing: #"{"a":{"a":{"a":1},"b":{"a":2}},"b":[{"a":1},{"a":1}]}"#).root.count == 2)
    }

    @Test(arguments: [
        (#"{"a":"x\u0000y"}"#, "/a"), (#"["\u001f"]"#, "/0"), (#"["ok","\b"]"#, "/1"), (#"["\f"]"#, "/0"),
        (#"{"a":["\ufffe"]}"#, "/a/0"), (#"["\uffff"]"#, "/0"), (#"{"b":{"a\u0007":1}}"#, "/b/a\u{FFFD}"),
    ])
    func `control characters and noncharacters are refused, in values and in keys`(text: String, pointer: String) {
        let problem = #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: text) }

        #expect(problem?.pointer == pointer)
        #expect(problem?.reason == "This string has a control character or a noncharacter.")
    }

    @Test func `tab, line feed, carriage return and every other character are taken`() throws {
        let root = try JSONDocument(parsing: #"["\t\n\r","\u007f\u0080\ufffd","\ud83d\ude00","퟿"]"#).root

        #expect(root.elements.compactMap(\.string) == ["\t\n\r", "\u{7f}\u{80}\u{fffd}", "😀", "\u{D7FF}"])
    }

    @Test func `a sample cut off anywhere is refused, and crashes nothing`() throws {
        let sample = Array(
            #"{"order":{"id":"A-1","é":[1,-2.5e3,true,null,"\ud83d\ude00"],"nested":{"deep":[[[]]]}}}"#.utf8
        )
        _ = try JSONDocument(parsing: sample)

        for length in 0..<sample.count {
            let problem = #expect(throws: MalformedJSON.self) {
                try JSONDocument(parsing: Array(sample.prefix(length)))
            }
            #expect(problem?.reason.isEmpty == false)
        }
    }

    @Test func `a sample with any byte changed is read or refused, and crashes nothing`() throws {
        let sample = Array(#"{"order":{"id":"A-1","é":[1,-2.5e3,true,null],"d":{"x":[[[]]]}}}"#.utf8)

        let outcomes = sample.indices.flatMap { index in
            [UInt8(0), 0x22, 0x2C, 0x5C, 0x7B, 0x7D, 0x80, 0xFF].map { byte in
                var changed = sample
                changed[index] = byte
                return Result { try JSONDocument(parsing: changed).root.pointer }
            }
        }

        #expect(outcomes.count == sample.count * 8)
        #expect(outcomes.contains { (try? $0.get()) == nil })
    }

    @Test func `a bomb of brackets is refused at once`() {
        #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: String(repeating: "[", count: 1_000_000)) }
        #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: String(repeating: #"{"a":"#, count: 500_000)) }
    }

    @Test func `a flood of values is refused`() {
        let flood = "[" + Array(repeating: "1", count: 200_000).joined(separator: ",") + "]"

        let problem = #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: flood) }

        #expect(problem?.reason == "The document has more than 100000 keys and values.")
    }
}
