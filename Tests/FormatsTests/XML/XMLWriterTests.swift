import Formats
import Testing

@Suite struct XMLWriterTests {
    @Test func `a document is written as it is told`() {
        let bytes = XMLWriter.document { writer in
            writer.element("order", namespace: "urn:o", attributes: ["id": "A-1", "xmlns:x": "urn:x"]) { order in
                order.text("name", "A & B")
                order.text("gone", String?.none)
                order.text("empty", "")
                order.text("count", 3)
                order.text("open", true)
                order.element("none")
                order.element("x:mixed") { mixed in
                    mixed.characters("a<b")
                    mixed.raw(Array("<c/>".utf8))
                }
            }
        }

        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <order xmlns="urn:o" id="A-1" xmlns:x="urn:x"><name>A &amp; B</name><empty/><count>3</count>\
                <open>true</open><none/><x:mixed>a&lt;b<c/></x:mixed></order>
                """
        )
    }

    @Test(arguments: [
        "", "plain", "<a href=\"x\">'&amp;'</a>", "]]>", "line\nline\r\nline\ttab\r", " spaces ",
        "é😀\u{FFFD}\u{E000}\u{85}\u{2028}",
        String(repeating: "&", count: 3000),
    ])
    func `text and attributes come back as they were`(text: String) throws {
        let bytes = XMLWriter.document { writer in
            writer.element("a", attributes: ["x": text]) { $0.characters(text) }
        }
        let root = try XMLDocument(parsing: bytes).root

        #expect(root.text == text)
        #expect(root.attribute("x") == text)
    }

    @Test func `characters that XML cannot hold become U+FFFD, and the document stays well-formed`() throws {
        let bad = "a\u{0}b\u{1F}c\u{FFFE}d\u{FFFF}e\u{8}"
        let bytes = XMLWriter.document { writer in
            writer.element("a", attributes: ["x": bad]) { $0.characters(bad) }
        }
        let root = try XMLDocument(parsing: bytes).root

        #expect(root.text == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e\u{FFFD}")
        #expect(root.attribute("x") == root.text)
    }
}
