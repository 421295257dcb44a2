import Formats
import Testing

@Suite struct HTTPURLTests {
    @Test(arguments: [
        ("https://partner.example", "https://partner.example"),
        ("HTTPS://Partner.Example/Jobs", "https://partner.example/Jobs"),
        ("hTTp://127.0.0.1:8080/a/b", "http://127.0.0.1:8080/a/b"), ("http://h:80/", "http://h/"),
        ("https://h:443", "https://h"), ("https://h:80", "https://h:80"), ("http://h:", "http://h"),
        ("http://h:65535/", "http://h:65535/"), ("http://h:1?", "http://h:1?"),
        ("http://h?a=b/c?d", "http://h?a=b/c?d"),
        ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("http://[::ffff:127.0.0.1]", "http://[::ffff:127.0.0.1]"),
        ("http://[::]/", "http://[::]/"), ("http://a_b.local./", "http://a_b.local./"),
        ("http://h/%41{x}/é|", "http://h/%41%7Bx%7D/%C3%A9%7C"), ("http://h/a?b=\"c\"", "http://h/a?b=%22c%22"),
    ])
    func `an address that can be called is read, in one form`(text: String, form: String) throws {
        let url = try HTTPURL(text)

        #expect(url.text == form)
        #expect(try HTTPURL(form) == url)
    }

    @Test(arguments: [
        ("http://127.0.0.2:66000/", "a port from 1 to 65535"), ("http://h:65536", "a port from 1 to 65535"),
        ("http://h:0/", "a port from 1 to 65535"), ("http://h:-1/", "a port from 1 to 65535"),
        ("http://h:99999999999999999999/", "a port from 1 to 65535"), ("http://h:8o/", "a port from 1 to 65535"),
        ("http://h:1:2/", "a port from 1 to 65535"), ("http://[::1]x/", "a port from 1 to 65535"),
        ("http://user@h/", "no user and no password"), ("http://user:pass@h/", "no user and no password"),
        ("http://@h/", "no user and no password"), ("https://h/a#b", "no fragment"), ("https://h#", "no fragment"),
        ("ftp://h/", "a URL of https or http"), ("h/a", "a URL of https or http"), ("", "a URL of https or http"),
        ("://h", "a URL of https or http"), ("file:///etc/passwd", "a URL of https or http"),
        ("http:/h", "a URL of https or http"), ("http:///x", "a host after ://"), ("http://:80/", "a host after ://"),
        ("http://?x", "a host after ://"), ("http://a..b/", "a host of letters"), ("http://a b/", "a host of letters"),
        ("http://bücher.example/", "a host of letters"), ("http://h%41/", "a host of letters"),
        ("http://[::1/", "a host of letters"), ("http://[]/", "a host of letters"),
        ("http://[:::]/", "a host of letters"),
        ("http://[1::2::3]/", "a host of letters"), ("http://[fe80::1%25eth0]/", "a host of letters"),
        ("http://[1:2:3:4:5:6:7:8:9]/", "a host of letters"), ("http://[::1.2.3.256]/", "a host of letters"),
        ("http://h/a b", "no white space"), ("http://h/a\r\nHost: x", "no white space"),
        ("http://h/\u{7F}", "no white space"),
        ("http://h/%", "two hexadecimal digits"), ("http://h/%4", "two hexadecimal digits"),
        ("http://h/?q=%zz", "two hexadecimal digits"),
    ])
    func `what cannot be called is refused, in words`(text: String, words: String) {
        let refusal = #expect(throws: HTTPURL.Unfit.self) { try HTTPURL(text) }

        #expect(refusal?.reason.contains(words) == true, "\(refusal?.reason ?? "nothing")")
    }

    @Test func `a name that no resolver takes is refused`() {
        let label = String(repeating: "a", count: 64)
        let long = Array(repeating: "abcdefghi", count: 26).joined(separator: ".")

        #expect(throws: HTTPURL.Unfit.self) { try HTTPURL("http://\(label).example/") }
        #expect(throws: HTTPURL.Unfit.self) { try HTTPURL("http://\(long)/") }
    }

    @Test func `only the schemes that are taken are`() {
        let refusal = #expect(throws: HTTPURL.Unfit.self) { try HTTPURL("http://h", schemes: [.https]) }

        #expect(refusal?.reason == "must be a URL of https")
    }

    @Test(arguments: [
        ("https://h", "/kcis", "https://h/kcis"), ("https://h/", "/kcis", "https://h/kcis"),
        ("https://h/a?tenant=7", "/kcis", "https://h/a/kcis?tenant=7"),
        ("https://h/?tenant=7", "/kcis", "https://h/kcis?tenant=7"),
        ("https://h?", "/kcis", "https://h/kcis"), ("https://h/a", "", "https://h/a"),
        ("https://h/a?b", "", "https://h/a?b"),
        ("https://h/a", "/q?c=d", "https://h/a/q?c=d"), ("https://h/a?b=1", "/q?c=d", "https://h/a/q?c=d&b=1"),
        ("no address", "/kcis", "no address/kcis"),
    ])
    func `what is appended goes before the query, and the query stays`(base: String, path: String, whole: String) {
        #expect(HTTPURL.join(base, path) == whole)
    }

    @Test func `each address of an object is refused at its own place`() throws {
        let json = #"{"one":"http://h:66000","many":["https://a","https://u@b",7],"none":"https://c/"}"#
        let problems = Problems()
        let reader = ObjectReader(try JSONDocument(parsing: Array(json.utf8)).root, problems: problems)

        #expect(reader.requiredURL("one") == nil)
        #expect(reader.requiredURLs("many", count: 1...8) == ["https://a"])
        #expect(reader.optionalURL("none", schemes: [.https]) == "https://c/")
        #expect(reader.optionalURL("absent") == nil)
        #expect(problems.all.map(\.pointer) == ["/one", "/many/1", "/many/2"])
    }
}
