import Formats
import Testing

@Suite struct HTMLWriterTests {
    @Test func `a page is written as it is told`() {
        let bytes = HTMLWriter.page { page in
            page.element("html", ["lang": "en"]) { html in
                html.void("meta", ["charset": "utf-8"])
                html.element("p", ["class": "a b", "id": nil, "hidden": ""]) { p in
                    p.text("Hello ")
                    p.element("b", text: "you")
                    p.void("br")
                    p.raw("&nbsp;")
                    p.fragment(HTMLWriter.fragment { $0.element("i", text: "&") })
                }
                html.element("div")
            }
        }

        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                <!DOCTYPE html>
                <html lang="en"><meta charset="utf-8"><p class="a b" hidden>Hello <b>you</b><br>&nbsp;<i>&amp;</i></p><div></div></html>
                """
        )
    }

    @Test func `text and attributes cannot break out`() {
        let evil = "\"'><script>&\u{0}"

        let bytes = HTMLWriter.fragment { $0.element("a", ["href": evil], text: evil) }

        let safe = "&quot;&#39;&gt;&lt;script&gt;&amp;\u{FFFD}"
        #expect(String(decoding: bytes, as: UTF8.self) == "<a href=\"\(safe)\">\(safe)</a>")
    }
}
