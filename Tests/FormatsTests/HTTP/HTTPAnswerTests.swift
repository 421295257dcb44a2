import Formats
import FoundationEssentials
import Testing

@Suite struct HTTPAnswerTests {
    /// Sun, 06 Nov 1994 08:49:37 GMT
    private static let seconds: Int64 = 784_111_777
    private static let now = Date(timeIntervalSince1970: Double(seconds))

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun Nov 06 08:49:37 1994",
    ])
    func `a date is read in all three forms`(text: String) {
        #expect(HTTPDate.seconds(text, now: Self.now) == Self.seconds)
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 9223372036854775807:49:37 GMT"), ("Sun, 06 Nov 1994 08:9223372036854775807:37 GMT"),
        ("Sun, 06 Nov 1994 08:49:9223372036854775807 GMT"), ("Sun, 9223372036854775807 Nov 1994 08:49:37 GMT"),
        ("Sun, 06 Nov 9223372036854775807 08:49:37 GMT"), ("Sun, -6 Nov 1994 08:49:37 GMT"),
        ("Sun, 06 Nov 1994 -8:49:37 GMT"),
        ("Sun, 00 Nov 1994 08:49:37 GMT"), ("Sun, 31 Nov 1994 08:49:37 GMT"), ("Sun, 06 Nov 1994 24:00:00 GMT"),
        ("Sun, 06 Nov 1994 08:60:37 GMT"), ("Sun, 06 Nov 1994 08:49:61 GMT"), ("Sun, 06 Nov 1994 08:49:37"),
        ("Sun, 06 Nov 1994"),
        ("Sun, 06 Foo 1994 08:49:37 GMT"), ("Sun, 06 Nov 1994 08:49:37 PST"), ("Sunday, 06-Nov-194 08:49:37 GMT"),
        ("Sunday, 06-Nov 08:49:37 GMT"), ("Sun Nov  6 08:49 1994"), (""), (" "), (","), ("1994-11-06T08:49:37Z"),
    ])
    func `what is no date is none, and ends nothing`(text: String) {
        #expect(HTTPDate.seconds(text, now: Self.now) == nil)
    }

    @Test func `a year of two digits is no more than fifty years from now`() {
        let now = Timestamp.parse("2026-11-30T00:00:00Z") ?? Self.now

        #expect(HTTPDate.seconds("Monday, 30-Nov-26 00:00:00 GMT", now: now) == 1_795_996_800)
        #expect(HTTPDate.seconds("Sunday, 06-Nov-94 08:49:37 GMT", now: now) == Self.seconds)
        let far = Timestamp.parse("2076-11-30T00:00:00Z")?.timeIntervalSince1970
        #expect(HTTPDate.seconds("Monday, 30-Nov-76 00:00:00 GMT", now: now).map(Double.init) == far)
        #expect(HTTPDate.seconds("Tuesday, 30-Nov-77 00:00:00 GMT", now: now) == 249_696_000)
    }

    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_795_391_999, "Sun, 22 Nov 2026 23:59:59 GMT"),
    ])
    func `a date is written as RFC 9110 has it, and read again`(seconds: Int64, text: String) {
        #expect(HTTPDate.text(seconds) == text)
        #expect(HTTPDate.seconds(text, now: Self.now) == seconds)
    }

    @Test(arguments: [Int64.min, -1, 0, 784_111_777, .max])
    func `every number of seconds is written, held within the years that have four digits`(seconds: Int64) {
        #expect(HTTPDate.text(seconds).hasSuffix(" GMT"))
    }

    @Test(arguments: [
        ("7", 7), ("0", 0), (" 7\t", 7), ("999999999", 86_400), ("99999999999999999999999", 86_400),
        ("Sun, 06 Nov 1994 08:50:07 GMT", 30), ("Sunday, 06-Nov-94 08:50:07 GMT", 30), ("Sun Nov  6 08:50:07 1994", 30),
        ("Tue, 01 Mar 1994 00:00:00 GMT", 0), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ])
    func `a wait counts from the answer's date, or without one from our clock`(field: String, wait: Int) {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        let later = Self.now.addingTimeInterval(3_600)

        #expect(HTTPAnswer.retryAfter(field, date: date, now: later) == .seconds(wait))
        #expect(HTTPAnswer.retryAfter(field, date: nil, now: Self.now) == .seconds(wait))
        #expect(
            HTTPAnswer.retryAfter(field, date: "Sun, 06 Nov 1994 9223372036854775807:49:37 GMT", now: Self.now)
                == .seconds(wait)
        )
    }

    @Test(arguments: [
        "soon", "-1", "+7", "7.5", "1e3", "", "  ", "٣", "Sun, 06 Nov 1994", "Sun, 06 Foo 1994 08:50:07 GMT",
    ])
    func `a wait that cannot be read is none`(field: String) {
        #expect(HTTPAnswer.retryAfter(field, date: nil, now: Self.now) == nil)
    }

    @Test(arguments: [("0", 0), (" 12 ", 12), ("9223372036854775807", Int64.max)])
    func `a length is digits alone`(field: String, length: Int64) {
        #expect(HTTPAnswer.contentLength(field) == length)
    }

    @Test(arguments: ["", "-1", "+1", "1,1", "9223372036854775808", "0x10", "1e3"])
    func `another length is none`(field: String) {
        #expect(HTTPAnswer.contentLength(field) == nil)
    }

    @Test(arguments: [
        ("plain", true), ("tab\tinside", true), ("é", true), ("", true), ("a\r\nb", false), ("a\nb", false),
    ])
    func `a header takes no line of its own`(value: String, isFit: Bool) {
        #expect(HTTPAnswer.isFieldValue(value) == isFit)
        #expect(!HTTPAnswer.isFieldValue(value + "\u{0}") && !HTTPAnswer.isFieldValue(" " + value))
    }
}
