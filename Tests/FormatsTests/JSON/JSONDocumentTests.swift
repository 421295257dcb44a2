import Formats
import Testing

@Suite struct JSONDocumentTests {
    @Test func `every kind of value is read as what it is`() throws {
        let root = try JSONDocument(
            parsing: #"{"n":null,"t":true,"f":false,"i":-42,"d":1.5,"s":"é\n","a":[1,[2]],"o":{}}"#
        ).root

        #expect(root.kind == .object)
        #expect(root.count == 8)
        #expect(root["n"]?.isNull == true)
        #expect(root["t"]?.bool == true)
        #expect(root["f"]?.bool == false)
        #expect(root["i"]?.integer == -42)
        #expect(root["d"]?.double == 1.5)
        #expect(root["s"]?.string == "é\n")
        #expect(root["a"]?.elements.map(\.kind) == [.integer, .array])
        #expect(root["o"]?.count == 0)
        #expect(root["absent"] == nil)
    }

    @Test func `members come in the order of the document`() throws {
        let root = try JSONDocument(parsing: #"{"b":1,"a":{"x":[1,2,3]},"c":3}"#).root

        #expect(root.members.map(\.key) == ["b", "a", "c"])
        #expect(root.members.map(\.value.kind) == [.integer, .object, .integer])
    }

    @Test func `asking a value for what it is not gives nothing`() throws {
        let root = try JSONDocument(parsing: "7").root

        #expect(root.string == nil)
        #expect(root.bool == nil)
        #expect(root["key"] == nil)
        #expect(root.count == 0)
        #expect(root.elements.isEmpty)
        #expect(root.members.isEmpty)
    }

    @Test(arguments: [
        ("1.0", Int64?.none), ("1e2", nil), ("-0", 0), ("9223372036854775807", .max), ("9223372036854775808", nil),
    ])
    func `an integer is only what is spelt as one and fits`(text: String, integer: Int64?) throws {
        #expect(try JSONDocument(parsing: text).root.integer == integer)
    }

    @Test func `an integer beyond Int64 is still known exactly`() throws {
        let root = try JSONDocument(parsing: "18446744073709551615").root

        #expect(root.kind == .integer)
        #expect(root.unsignedInteger == .max)
    }

    @Test func `a value outlives every later parse`() throws {
        let value = try JSONDocument(parsing: #"["first"]"#).root.elements.map { $0 }[0]

        for number in 0..<100 { _ = try JSONDocument(parsing: "[\(number), \"overwritten\"]") }

        #expect(value.string == "first")
    }

    @Test func `a value knows its pointer`() throws {
        let root = try JSONDocument(parsing: #"{"a":[0,{"b/c":{"d~":[true]}}],"e":1}"#).root
        let deep = root["a"]?.elements.map { $0 }[1]["b/c"]?["d~"]?.elements.map { $0 }[0]

        #expect(deep?.pointer == "/a/1/b~1c/d~0/0")
        #expect(root["e"]?.pointer == "/e")
        #expect(root.pointer == "")
    }

    @Test func `many keys in one object are found and told apart`() throws {
        let members = (0..<5000).map { #""key\#($0)":\#($0)"# }.joined(separator: ",")
        let root = try JSONDocument(parsing: "{\(members)}").root

        #expect(root["key0"]?.integer == 0)
        #expect(root["key4999"]?.integer == 4999)
        #expect(root["key5000"] == nil)
    }

    @Test func `64 levels are read, 65 are refused where they begin`() throws {
        let allowed = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        let refused = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)

        #expect(try JSONDocument(parsing: allowed).root.count == 1)
        let problem = #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: refused) }
        #expect(problem == MalformedJSON(line: 1, column: 65, reason: "The document nests too deeply."))
    }

    @Test func `as many nodes as allowed are read, and one more is refused`() throws {
        #expect(try JSONDocument(parsing: "[1,2,3]", nodesMax: 4).root.count == 3)
        #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: "[1,2,3]", nodesMax: 3) }
        #expect(throws: MalformedJSON.self) { try JSONDocument(parsing: #"{"a":1}"#, nodesMax: 2) }
    }

    @Test func `parsers on many tasks do not disturb each other`() async throws {
        let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
            for task in 0..<16 {
                group.addTask {
                    try (0..<200).allSatisfy { turn in
                        let text = #"{"task":\#(task),"turn":\#(turn),"name":"task \#(task)"}"#
                        let root = try JSONDocument(parsing: text).root
                        return root["task"]?.integer == Int64(task) && root["name"]?.string == "task \(task)"
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(answers == Array(repeating: true, count: 16))
    }
}
