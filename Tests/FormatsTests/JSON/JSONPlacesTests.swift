import Formats
import Testing

@Suite struct JSONPlacesTests {
    private static let text = "{\n \"a\": {\"b/c\": [10,\n  {\"d~\": \"é\", \"e\": 7}]}}"

    @Test(arguments: [
        ("", 1, 1, JSONValue.Kind.object), ("/a", 2, 7, .object), ("/a/b~1c", 2, 15, .array),
        ("/a/b~1c/0", 2, 16, .integer),
        ("/a/b~1c/1", 3, 3, .object), ("/a/b~1c/1/d~0", 3, 10, .string), ("/a/b~1c/1/e", 3, 20, .integer),
    ])
    func `what a pointer names is found, with line and column`(
        pointer: String,
        line: Int,
        column: Int,
        kind: JSONValue.Kind
    ) throws {
        let bytes = Array(Self.text.utf8)
        let found = try JSONDocument(parsing: bytes).find(pointer, in: bytes)

        #expect(found.value?.kind == kind)
        #expect(found.line == line)
        #expect(found.column == column)
    }

    @Test(arguments: ["/x", "/a/b~1c/2", "/a/b~1c/-1", "/a/b~1c/1/e/f", "/a/b"])
    func `what isn't there has its nearest parent's place, and no value`(pointer: String) throws {
        let bytes = Array(Self.text.utf8)
        let found = try JSONDocument(parsing: bytes).find(pointer, in: bytes)

        #expect(found.value == nil)
        #expect(found.line <= 3)
    }

    @Test func `a pointer's steps are unescaped in the right order`() {
        #expect(JSONPointer.steps(of: "/a~1b/~0/~01/") == ["a/b", "~", "~1", ""])
        #expect(JSONPointer.steps(of: "") == [])
    }
}
