import Formats
import Testing

@Suite struct JSONWriterTests {
    @Test func `everything is written, in order, and nil is left out`() {
        let text = JSONWriter.string { writer in
            writer.object { order in
                order.field("id", "A-1")
                order.field("gone", String?.none)
                order.field("count", 3)
                order.field("big", Int64.min)
                order.field("share", 0.1)
                order.field("open", true)
                order.null("nothing")
                order.date("at", Timestamp.date(milliseconds: 1_772_357_400_000))
                order.date("never", nil)
                order.field("day", DateDigits(year: 2026, month: 3, day: 1))
                order.object("empty") { _ in }
                order.array("none") { _ in }
                order.array("mixed") { array in
                    array.element("x")
                    array.element(1)
                    array.element(false)
                    array.object { $0.field("a", 1) }
                    array.array { $0.element(2.5) }
                    array.null()
                    array.element(Timestamp.date(milliseconds: 1))
                }
                order.strings("tags", ["a", "b"])
                order.raw("spliced", Array(#"{"z":[]}"#.utf8))
            }
        }

        #expect(
            text == """
                {"id":"A-1","count":3,"big":-9223372036854775808,"share":0.1,"open":true,"nothing":null,\
                "at":"2026-03-01T09:30:00Z","day":"2026-03-01","empty":{},"none":[],\
                "mixed":["x",1,false,{"a":1},[2.5],null,"1970-01-01T00:00:00.001Z"],"tags":["a","b"],"spliced":{"z":[]}}
                """
        )
    }

    @Test(arguments: [
        ("plain", #""plain""#), (#"a"b\c/d"#, #""a\"b\\c/d""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\u{0}\u{1}\u{F}\u{10}\u{1F}\u{7F}", #""\u0000\u0001\u000f\u0010\u001f"# + "\u{7F}\""),
        ("é😀\u{2028}", "\"é😀\u{2028}\""),
        ("", #""""#), ("\"", #""\"""#),
    ])
    func `strings are escaped as JSON demands and no further`(text: String, json: String) {
        #expect(JSONWriter.string { $0.element(text) } == json)
    }

    @Test func `what is written is read back`() throws {
        let texts = ["", "é\"\\\n\t", "😀", String(repeating: "x\"", count: 5000)]

        let bytes = JSONWriter.bytes { writer in writer.array { array in texts.forEach { array.element($0) } } }

        #expect(try JSONDocument(parsing: bytes).root.elements.compactMap(\.string) == texts)
    }

    @Test func `a value that was read is written as it was`() throws {
        let text = #"{"b":[1,-2,18446744073709551615,0.5,true,false,null],"a":{"é\n":"x"},"e":{},"f":[]}"#
        let root = try JSONDocument(parsing: text).root

        #expect(JSONWriter.string { $0.value(nil, root) } == text)
    }

    @Test(arguments: [(Double.nan, "null"), (.infinity, "null"), (1e300, "1e+300"), (-0.0, "-0.0"), (5, "5.0")])
    func `a number that JSON has no word for is null`(number: Double, text: String) {
        #expect(JSONWriter.string { $0.element(number) } == text)
    }
}
