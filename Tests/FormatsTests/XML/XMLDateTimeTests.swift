import Formats
import Testing

@Suite struct XMLDateTimeTests {
    @Test(arguments: [
        "2026-03-01T09:30:00Z", " 2026-03-01T09:30:00Z\n", "\t2026-03-01T09:30:00 ",
        "2026-03-01T09:30:00.000000000000Z",
        "2026-03-01T10:30:00+01:00",
    ])
    func `space around it, any number of digits and no zone are read`(text: String) {
        #expect(XMLDateTime.parse(text) == Timestamp.date(milliseconds: 1_772_357_400_000))
    }

    @Test(arguments: [
        "2026-02-28T24:00:00Z", "2026-02-28T24:00:00.000Z", "2026-03-01T01:00:00+01:00", "2026-02-28T24:00:00",
    ])
    func `24 o'clock is the next day's first moment`(text: String) {
        #expect(XMLDateTime.parse(text) == Timestamp.parse("2026-03-01T00:00:00Z"))
    }

    @Test(arguments: [
        "2026-02-28T24:00:01Z", "2026-02-28T24:30:00Z", "2026-02-28T24:00:00.1Z", "2026-02-28T25:00:00Z", "", " ",
    ])
    func `what is no moment is not read`(text: String) {
        #expect(XMLDateTime.parse(text) == nil)
    }
}

@Suite struct XMLValueTests {
    @Test(arguments: [
        ("Service  Outage", "Service Outage"), (" \n Service\n\t Outage ", "Service Outage"),
        ("Service\tOutage", "Service Outage"),
        ("Service Outage", "Service Outage"), ("   ", ""), ("", ""),
    ])
    func `a value is collapsed, not trimmed`(text: String, collapsed: String) throws {
        let document = try XMLDocument(parsing: Array("<a><b>\(text)</b></a>".utf8))

        #expect(document.root.text(of: "b") == collapsed)
        #expect(document.root.first("b")?.collapsedText == collapsed)
    }
}
