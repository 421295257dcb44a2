import Formats
import Testing

@Suite struct AnswerContentTests {
    static let refusal = #"{"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"no capacity"}}"#
    static let deflated: [UInt8] = [
        13, 200, 65, 10, 128, 32, 16, 5, 208, 171, 196, 95, 91, 136, 81, 139, 185, 205, 48, 138, 24, 228, 200, 216, 38,
        196, 187, 215, 91, 190, 129, 171, 107, 181, 38, 32, 132, 205, 195, 161, 68, 208, 225, 144, 204, 212, 64, 3, 162,
        49, 129, 214, 61, 156, 62, 56, 220, 169, 119, 206, 127, 160, 234, 34, 220, 88, 202, 243, 98, 206, 15,
    ]
    static let gzip: [UInt8] = [31, 139, 8, 0, 0, 0, 0, 0, 2, 3] + deflated + [95, 248, 55, 199, 72, 0, 0, 0]
    static let zlib: [UInt8] = [120, 156] + deflated + [9, 101, 22, 35]

    private func read(_ bytes: [UInt8], type: String? = nil, coding: String? = nil) throws -> String {
        String(decoding: try AnswerContent.read(bytes, type: type, coding: coding), as: UTF8.self)
    }

    @Test(
        arguments: [
            ("gzip", gzip), ("x-gzip", gzip), ("GZIP", gzip), (" gzip , identity ", gzip), ("deflate", zlib),
            ("deflate", deflated), (nil, gzip),
        ] as [(String?, [UInt8])]
    )
    func `what is compressed is read, whether it says so or not`(coding: String?, bytes: [UInt8]) throws {
        #expect(try read(bytes, type: "application/json", coding: coding) == Self.refusal)
    }

    @Test func `what says that it is compressed, and was decompressed on the way, is read`() throws {
        #expect(try read(Array(Self.refusal.utf8), coding: "gzip") == Self.refusal)
    }

    @Test(arguments: [
        (Array(gzip.dropLast(20)), "gzip", "damaged"), (Array("no zlib".utf8), "deflate", "damaged"),
        (gzip, "br", "br, which was not asked for"), (gzip, "gzip, gzip, gzip", "more than 2 times"),
    ])
    func `what cannot be decompressed has a reason and no content`(bytes: [UInt8], coding: String, words: String) {
        let error = #expect(throws: UnreadableContent.self) { try read(bytes, coding: coding) }

        #expect(error?.description.contains(words) == true)
    }

    @Test func `no more is decompressed than an answer may have`() throws {
        let exact = try AnswerContent.read(Self.gzip, bytesMax: Self.refusal.utf8.count)
        let error = #expect(throws: UnreadableContent.self) {
            try AnswerContent.read(Self.gzip, bytesMax: Self.refusal.utf8.count - 1)
        }

        #expect(exact.count == Self.refusal.utf8.count)
        #expect(error?.description == "the answer is larger than 71 bytes when it is decompressed")
    }

    @Test(arguments: ["\n<a/>", "\r\n \t<a/>", "\u{FEFF}<a/>", "\n\u{FEFF}\n<a/>"])
    func `a byte order mark and white space ahead are passed over`(text: String) throws {
        #expect(try read(Array(text.utf8)) == "<a/>")
    }

    @Test(arguments: ["iso-8859-1", "ISO-8859-1", "\"latin1\"", "windows-1252"])
    func `Latin-1 by its type becomes UTF-8, without the declaration that names it`(charset: String) throws {
        let bytes = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Caf".utf8) + [0xE9] + Array("</a>".utf8)

        #expect(try read(bytes, type: "text/xml; charset=\(charset)") == "<a>Café</a>")
    }

    @Test func `what is UTF-8 stays so, though its type says Latin-1`() throws {
        #expect(
            try read(Array("{\"a\":\"Café\"}".utf8), type: "application/json;charset=ISO-8859-1") == "{\"a\":\"Café\"}"
        )
    }

    @Test func `windows-1252 has its own quotation marks`() throws {
        #expect(try read([0x93, 0x61, 0x94], type: "text/plain; charset=windows-1252") == "“a”")
    }

    private static let related = """
        preamble\r
        --b 1\r
        Content-Type: image/png\r
        Content-ID: <picture>\r
        \r
        PNG\r
        --b 1\r
        Content-Type: application/xop+xml; charset=UTF-8;\r
         type="text/xml"\r
        Content-ID: <root@x>\r
        \r
        <a>1</a>\r
        --b 1--\r
        epilogue
        """

    @Test func `of a multipart answer the root part is read`() throws {
        let type = #"Multipart/Related; type="application/xop+xml"; boundary="b 1"; start="<root@x>""#

        #expect(try read(Array(Self.related.utf8), type: type) == "<a>1</a>")
    }

    @Test func `without a start the first part is the root`() throws {
        #expect(try read(Array(Self.related.utf8), type: #"multipart/related; boundary="b 1""#) == "PNG")
    }

    @Test(arguments: [("base64", "PGE+\r\nw6k8L2E+"), ("Quoted-Printable", "<a>=C3=\r\n=A9</a>")])
    func `a part is decoded`(encoding: String, text: String) throws {
        let message = "--b\nContent-Transfer-Encoding: \(encoding)\n\n\(text)\n--b--"

        #expect(try read(Array(message.utf8), type: "multipart/related; boundary=b") == "<a>é</a>")
    }

    @Test(arguments: ["multipart/related", "multipart/related; boundary=", "multipart/related; boundary=other"])
    func `multipart that has no part cannot be read`(type: String) {
        #expect(throws: UnreadableContent.self) { try read(Array(Self.related.utf8), type: type) }
    }

    @Test func `words of a peer are one line of plain text, and bounded`() {
        #expect("a\n\u{1B}[31mb\u{202E}c  d".plainWords(20) == "a [31mb c d")
        #expect(String(repeating: "x", count: 30).plainWords(5) == "xxxxx…")
    }
}
