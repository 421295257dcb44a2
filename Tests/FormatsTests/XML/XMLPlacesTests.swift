import Testing

@testable import Formats

@Suite struct XMLPlacesTests {
    private func places(_ text: String) -> [[Int]] {
        XMLPlaces(wellFormed: Array(text.utf8)).startTags.map { [$0.line, $0.column] }
    }

    @Test func `a start tag is where its bracket is`() {
        #expect(places("<a>\n  <b/><c\n x='1'><d/></c></a>") == [[1, 1], [2, 3], [2, 7], [3, 8]])
    }

    @Test(arguments: ["<!-- <a> -->", "<?pi <a> ?>", "<!-- <a> - > <b> -->"])
    func `what only looks like a tag is none`(prefix: String) {
        #expect(places(prefix + "<r/>") == [[1, prefix.count + 1]])
    }

    @Test func `neither CDATA nor a quoted bracket ends or begins a tag`() {
        #expect(places("<r a='>' b=\"<\"><![CDATA[<x>]]><s/></r>") == [[1, 1], [1, 31]])
    }

    @Test func `columns count characters, not bytes`() {
        #expect(places("<r>żółw<s/></r>") == [[1, 1], [1, 8]])
    }

    @Test func `in Latin-1 every byte is a character`() {
        let bytes =
            Array("<?xml version='1.0' encoding='ISO-8859-1'?><r>".utf8) + [0xE9, 0x80] + Array("<s/></r>".utf8)
        #expect(XMLPlaces(wellFormed: bytes).startTags.map(\.column) == [44, 49])
    }

    @Test func `there is a place for each element of the tree`() throws {
        let text = "<a><!--<x>--><b><c/></b><?p <y>?><b>t</b></a>"
        let root = try XMLDocument(parsing: text).root
        func count(_ element: XMLElement) -> Int { element.children.reduce(1) { $0 + count($1) } }
        #expect(places(text).count == count(root))
    }
}
