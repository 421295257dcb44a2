import Formats
import Testing

/// Hostile and broken input, each with the verdict that it must get.
@Suite struct MalformedXMLTests {
    private static let bomb = """
        <?xml version="1.0"?>
        <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
        <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
        <lolz>&lol3;</lolz>
        """

    private static func nested(_ depth: Int) -> String {
        String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }

    private static func siblings(_ count: Int) -> String {
        "<a>" + String(repeating: "<b/>", count: count) + "</a>"
    }

    private static func attributes(_ count: Int, prefix: String = "", value: String = "u") -> String {
        let attributes = (0..<count).map { " \(prefix)a\($0)='\(value)'" }
        return "<a\(attributes.joined())/>"
    }

    private static func utf16(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    @Test(
        arguments: [
            ("", MalformedXML.Kind.empty), (" \r\n\t ", .empty), ("\u{FEFF}", .empty),
            ("<?xml version='1.0'?>", .notWellFormed),
            (#"{"a":1}"#, .notXML), ("plain text", .notXML), ("a<b/>", .notXML), ("<", .notWellFormed),
            ("<<<<", .notWellFormed),
            (bomb, .doctype),
            (#"<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"#, .doctype), ("<!DOCTYPE a><a/>", .doctype),
            (#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"#, .doctype),
            (#"<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><a/>"#, .doctype),
            ("<a>&x;</a>", .notWellFormed), ("<a>&#0;</a>", .notWellFormed), ("<a>&#x1F;</a>", .notWellFormed),
            ("<a>\u{1}</a>", .notWellFormed),
            ("<a>\u{0}</a>", .nul), ("\u{0}", .nul), ("<a/>\u{0}", .nul),
            ("<a>", .notWellFormed), ("<a></b>", .notWellFormed), ("<a/><b/>", .notWellFormed),
            ("<a/>x", .notWellFormed),
            ("<a b=1/>", .notWellFormed), ("<a b='1' b='2'/>", .notWellFormed), ("<a b='<'/>", .notWellFormed),
            ("<x:a/>", .notWellFormed),
            ("<a xmlns:b='u' xmlns:c='u' b:x='1' c:x='2'/>", .notWellFormed),
            (" <?xml version='1.0'?><a/>", .notWellFormed),
            ("<a>]]></a>", .notWellFormed), ("<a><![CDATA[</a>", .notWellFormed),
            ("<a><!-- -- --></a>", .notWellFormed),
            ("<?xml version='1.0' encoding='UTF-16'?><a/>", .notWellFormed),
            ("\u{FEFF}<?xml version='1.0' encoding='ISO-8859-1'?><a/>", .notWellFormed),
            ("<?xml version='1.0' encoding='US-ASCII'?><a>é</a>", .notWellFormed),
            ("<?xml version='1.0' encoding='windows-1252'?><a/>", .encoding),
            ("<?xml version='1.0' encoding='UTF-7'?><a/>", .encoding),
            ("<?xml version='1.0' encoding='EBCDIC-CP-US'?><a/>", .encoding),
            (nested(65), .tooDeep), (String(repeating: "<a>", count: 100_000), .tooDeep),
            (siblings(60_000), .tooManyNodes), (attributes(65), .tooManyNodes), (attributes(100_000), .tooManyNodes),
            (attributes(100_000, prefix: "xmlns:"), .tooManyNodes),
        ] as [(String, MalformedXML.Kind)]
    )
    func `hostile and broken documents are refused for what they are`(text: String, kind: MalformedXML.Kind) {
        let problem = #expect(throws: MalformedXML.self) { try XMLDocument(parsing: text) }

        #expect(problem?.kind == kind)
        #expect(problem?.reason.isEmpty == false)
    }

    @Test(
        arguments: [
            ([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E], MalformedXML.Kind.notWellFormed),
            (Array("<?xml version='1.0' encoding='UTF-8'?><a>".utf8) + [0xE9] + Array("</a>".utf8), .notWellFormed),
            (Array("<?xml version='1.0' encoding='US-ASCII'?><a>".utf8) + [0xE9] + Array("</a>".utf8), .notWellFormed),
            ([0xFF, 0xFE] + utf16("<?xml version='1.0' encoding='UTF-8'?><a/>"), .notWellFormed),
            ([0xFF, 0xFE] + utf16("<?xml version='1.0' encoding='UTF-16BE'?><a/>"), .notWellFormed),
            ([0xFF, 0xFE] + utf16("<a/>") + [0x20], .notWellFormed), ([0xFF, 0xFE] + utf16("<a>\u{0}</a>"), .nul),
            ([0xFE, 0xFF] + utf16("<a/>"), .notXML), (utf16("<a/>"), .encoding),
            ([0xFF, 0xFE, 0, 0, 0x3C, 0, 0, 0], .encoding), ([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x3C], .encoding),
            ([0xFF, 0xFE] + utf16("<!DOCTYPE a><a/>"), .doctype),
            ([0xFF, 0xFE] + utf16(attributes(500, value: "∀")), .tooManyNodes),
            (
                [0xFF, 0xFE] + [
                    0x3C, 0x00, 0x61, 0x00, 0x3E, 0x00, 0x00, 0xD8, 0x3C, 0x00, 0x2F, 0x00, 0x61, 0x00, 0x3E, 0x00,
                ], .notWellFormed
            ),
        ] as [([UInt8], MalformedXML.Kind)]
    )
    func `bytes that are not the encoding they claim are refused`(bytes: [UInt8], kind: MalformedXML.Kind) {
        let problem = #expect(throws: MalformedXML.self) { try XMLDocument(parsing: bytes) }

        #expect(problem?.kind == kind)
    }

    @Test(arguments: [
        "<r><a x=\" <b", "<r><!-- x --><!x <b", "<r><a x=1 <b", "<r><a x='<!--' --><b", "<r><a x='<![CDATA[' ]]><b",
        "<r><?p <!-- ?><b", "<?p <!-- ?><b", "<?xml x><b", "<?xml <b", "<r></a <b", "<r>&x<b", "<r><![CDATA[<]]><b",
        "<r>>'\"<b",
    ])
    func `a flood of attributes behind another fault is refused as fast`(beginning: String) {
        let flood = beginning + (0..<100_000).map { " a\($0)=''" }.joined() + "/></a>"

        let problem = #expect(throws: MalformedXML.self) { try XMLDocument(parsing: flood) }

        #expect(problem?.kind == .tooManyNodes)
    }

    @Test(arguments: ["<r><!-- \u{1}<b", "<r><![CDATA[\u{1}<b", "<r><?p \u{FFFF}<b", "<r><? <b", "<r><?\u{D7} <b"])
    func `what would hide a flood from the scan is refused itself`(beginning: String) {
        let problem = #expect(throws: MalformedXML.self) {
            try XMLDocument(parsing: beginning + " a='' ?>-->]]></b></r>")
        }

        #expect(problem?.kind == .notWellFormed)
    }

    @Test func `an end tag that does not match says which tags`() {
        let problem = #expect(throws: MalformedXML.self) {
            try XMLDocument(
                parsing: """
                    <receivedNotifyFaultReportUpdate>
                      <messageHeader/>
                    </receivedRequestFaultReportUpdate>
                    """
            )
        }

        #expect(problem?.kind == .notWellFormed)
        #expect(problem?.line == 3)
        #expect(
            problem?.mismatchedTag
                == .init(open: "receivedNotifyFaultReportUpdate", close: "receivedRequestFaultReportUpdate")
        )
        #expect(
            problem?.reason
                == "Opening and ending tag mismatch: receivedNotifyFaultReportUpdate line 1 and receivedRequestFaultReportUpdate"
        )
    }

    @Test func `the tags of a mismatch have no prefixes`() {
        let problem = #expect(throws: MalformedXML.self) {
            try XMLDocument(parsing: "<e:a xmlns:e='u'><e:b></e:c></e:a>")
        }

        #expect(problem?.mismatchedTag == .init(open: "b", close: "c"))
    }

    @Test func `a fault of another kind names no tags, and has its line`() {
        let problem = #expect(throws: MalformedXML.self) { try XMLDocument(parsing: "<a>\n\n  <b x=1/>\n</a>") }

        #expect(problem?.mismatchedTag == nil)
        #expect(problem?.line == 3)
    }

    @Test func `a NUL has its line and column`() {
        let problem = #expect(throws: MalformedXML.self) { try XMLDocument(parsing: "<a>\n<b>x\u{0}</b></a>") }

        #expect(problem == MalformedXML(kind: .nul, line: 2, column: 5, reason: "The document has a NUL."))
    }

    @Test func `a sample cut off anywhere is refused, and crashes nothing`() throws {
        let sample = Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <s:e xmlns:s="urn:s" a="é"><!-- c --><b x='1'>t&amp;<![CDATA[<x>]]></b><?pi d?><c/></s:e>
            """.utf8
        )
        _ = try XMLDocument(parsing: sample)

        for length in 0..<sample.count {
            #expect(throws: MalformedXML.self) { try XMLDocument(parsing: Array(sample.prefix(length))) }
        }
    }

    @Test func `a sample with any byte changed is read or refused, and crashes nothing`() {
        let sample = Array(
            #"<?xml version="1.0" encoding="UTF-8"?><s:e xmlns:s="u" a="é"><b x='1'>t&amp;</b><c/></s:e>"#.utf8
        )

        let outcomes = sample.indices.flatMap { index in
            [UInt8(0), 0x22, 0x26, 0x3C, 0x3E, 0x21, 0x80, 0xFF].map { byte in
                var changed = sample
                changed[index] = byte
                return Result { try XMLDocument(parsing: changed).root.name }
            }
        }

        #expect(outcomes.count == sample.count * 8)
    }

    @Test func `limits are the caller's to lower`() {
        #expect(throws: MalformedXML.self) { try XMLDocument(parsing: "<a><b/></a>", limits: XMLLimits(depthMax: 1)) }
        #expect(throws: MalformedXML.self) { try XMLDocument(parsing: "<a><b/></a>", limits: XMLLimits(nodesMax: 1)) }
        #expect(throws: MalformedXML.self) {
            try XMLDocument(parsing: "<a x='1'/>", limits: XMLLimits(attributesMax: 0))
        }
    }
}
