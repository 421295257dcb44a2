import Testing

@testable import Adapters

@Suite struct GatewayWarningTests {
    @Test func `a few warnings are said whole`() {
        #expect(GatewayWarning.text([]) == nil)
        #expect(GatewayWarning.text(["/a is unknown", "/b is unknown"]) == "/a is unknown; /b is unknown")
    }

    @Test func `of many the first are said, and how many more there are`() throws {
        let warnings = (1...100_000).map { "/member\($0) is unknown and was ignored" }

        let text = try #require(GatewayWarning.text(warnings))

        #expect(text.utf8.count <= 1_024)
        #expect(text.hasPrefix("/member1 is unknown and was ignored; /member2 is unknown and was ignored; "))
        let said = text.split(separator: "; ").count - 1
        #expect(text.hasSuffix("; and \(100_000 - said) more"))
    }

    @Test func `a long name is cut, and what is wrong with it is still said`() throws {
        let name = String(repeating: "n", count: 1 << 20)

        let text = try #require(GatewayWarning.text(["/\(name) is unknown and was ignored", "/b is unknown"]))

        #expect(text.utf8.count < 200)
        #expect(text.hasPrefix("/nnn"))
        #expect(text.hasSuffix("nnn is unknown and was ignored; /b is unknown"))
    }

    @Test(arguments: [("/é", "/%C3%A9"), ("/a\r\nSet-Cookie: b", "/a%0D%0ASet-Cookie: b"), ("/\u{0}", "/%00")])
    func `a header has printable ASCII only`(warning: String, text: String) {
        #expect(GatewayWarning.text([warning]) == text)
    }

    @Test func `a name of letters that grow when they are escaped is bounded as well`() throws {
        let warnings = Array(repeating: String(repeating: "\u{1F600}", count: 100_000), count: 50)

        #expect(try #require(GatewayWarning.text(warnings)).utf8.count <= 1_024)
    }

    @Test func `the message log keeps fifty, each cut, and says how many more`() {
        let kept = GatewayWarning.first((1...60).map { "/member\($0)" + String(repeating: "x", count: 1_000) })

        #expect(kept.count == 51)
        #expect(kept.last == "and 10 more")
        #expect(kept.allSatisfy { $0.utf8.count <= GatewayWarning.warningBytesMax })
    }
}
