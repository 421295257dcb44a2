import Formats
import Testing

@Suite struct XMLDocumentTests {
    @Test func `names, namespaces, attributes and text are read`() throws {
        let root = try XMLDocument(
            parsing: """
                <?xml version="1.0"?>
                <a:order xmlns:a="urn:a" xmlns="urn:d" a:kind="x&amp;y" plain="1">
                  <item>one</item><a:item> two </a:item>
                  <item>th<!-- no -->r<![CDATA[<e>]]>e<?pi no?>&#33;</item>
                </a:order>
                """
        ).root

        #expect(root.name == "order")
        #expect(root.namespace == "urn:a")
        #expect(root.line == 2)
        #expect(root.attribute("kind", namespace: "urn:a") == "x&y")
        #expect(root.attribute("kind") == nil)
        #expect(root.attribute("plain") == "1")
        #expect(root.children.map(\.text) == ["one", " two ", "thr<e>e!"])
        #expect(root.children.map(\.line) == [3, 3, 4])
        #expect(root.first("item", namespace: "urn:a")?.trimmedText == "two")
        #expect(root.first("item")?.namespace == "urn:d")
        #expect(root.all("item", namespace: "urn:d").count == 2)
        #expect(root.text(of: "item") == "one")
        #expect(root.first("gone") == nil)
        #expect(root.children.first?.parent?.name == "order")
        #expect(root.parent == nil)
        #expect(root.isNamed("order", namespace: "urn:a"))
        #expect(!root.isNamed("orde"))
        #expect(!root.isNamed("orders"))
    }

    @Test func `no namespace is nil, and text without any is empty`() throws {
        let root = try XMLDocument(parsing: "<a><b/></a>").root

        #expect(root.namespace == nil)
        #expect(root.children.first?.text == "")
        #expect(root.children.first?.children.isEmpty == true)
    }

    @Test func `an element outlives every variable that held its document`() throws {
        let element = try XMLDocument(parsing: "<a><b>kept</b></a>").root.first("b")

        for _ in 0..<50 { _ = try XMLDocument(parsing: "<x><y>other</y></x>") }

        #expect(element?.text == "kept")
    }

    private static func littleEndian(_ text: String) -> [UInt8] {
        [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    private static func bigEndian(_ text: String) -> [UInt8] {
        [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    private static let readable: [[UInt8]] = [
        Array("<?xml version='1.0' encoding='utf-8'?><a>é</a>".utf8),
        Array("\u{FEFF}<a>é</a>".utf8),
        Array("\u{FEFF}<?xml version='1.0' encoding='UTF-8'?><a>é</a>".utf8),
        Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE9] + Array("</a>".utf8),
        Array("<?xml version='1.0' encoding = \"US-ASCII\" ?><a>&#xe9;</a>".utf8),
        littleEndian("<?xml version='1.0' encoding='UTF-16'?><a>é</a>"),
        bigEndian("<?xml version='1.0' encoding='utf-16'?><a>é</a>"),
        littleEndian("<a>é</a>"),
        littleEndian("<?xml version='1.0' encoding='UTF-16LE'?><a>é</a>"),
    ]

    @Test(arguments: readable)
    func `the encodings that are read give the same text`(bytes: [UInt8]) throws {
        #expect(try XMLDocument(parsing: bytes).root.text == "é")
    }

    @Test func `as deep and as wide as allowed is read`() throws {
        let deep = String(repeating: "<a>", count: 64) + String(repeating: "</a>", count: 64)
        let attributes = (0..<64).map { " a\($0)=\"=\"" }.joined()

        #expect(try XMLDocument(parsing: deep).root.name == "a")
        #expect(try XMLDocument(parsing: "<a\(attributes)/>").root.attribute("a63") == "=")
        #expect(
            try XMLDocument(
                parsing: "<a><!-- \(String(repeating: "=", count: 500)) --><![CDATA[<b =\(attributes)=>]]></a>"
            ).root.children.isEmpty
        )
    }

    @Test func `documents on many tasks do not disturb each other`() async throws {
        let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
            for task in 0..<16 {
                group.addTask {
                    try (0..<100).allSatisfy { turn in
                        let broken = Result { () throws(MalformedXML) in try XMLDocument(parsing: "<a><t\(task)></a>") }
                        let root = try XMLDocument(parsing: "<r><v t='\(task)'>\(turn)</v></r>").root
                        return broken.mismatch?.open == "t\(task)" && root.text(of: "v") == "\(turn)"
                            && root.first("v")?.attribute("t") == "\(task)"
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(answers == Array(repeating: true, count: 16))
    }
}

extension Result<XMLDocument, MalformedXML> {
    fileprivate var mismatch: MalformedXML.MismatchedTag? {
        guard case .failure(let problem) = self else { return nil }
        return problem.mismatchedTag
    }
}
