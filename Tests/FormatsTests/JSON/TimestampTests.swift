import Formats
import Foundation
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-03-01T09:30:00Z", 1_772_357_400_000),
        ("2026-03-01T09:30:00+01:00", 1_772_353_800_000),
        ("2026-03-01T09:30:00-05:30", 1_772_377_200_000), ("2026-03-01t09:30:00.5z", 1_772_357_400_500),
        ("2026-03-01T09:30:00.123456789Z", 1_772_357_400_123),
        ("2026-03-01T09:30:00.12345678901234567890Z", 1_772_357_400_123),
        ("2026-03-01T09:30:00.9999Z", 1_772_357_400_999),
        ("2026-03-01T09:30:00-00:00", 1_772_357_400_000), ("2000-02-29T23:59:59.001Z", 951_868_799_001),
        ("1969-12-31T23:59:59.999Z", -1), ("0000-01-01T00:00:00Z", -62_167_219_200_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ("2017-01-01T00:59:60+01:00", 1_483_228_800_000),
    ])
    func `a date-time is read to the millisecond`(text: String, milliseconds: Int64) {
        #expect(Timestamp.parse(text) == Timestamp.date(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "2026-03-01", "2026-03-01T09:30:00", "2026-03-01T09:30Z", "2026-03-01 09:30:00Z", "2026-02-30T09:30:00Z",
        "2026-13-01T09:30:00Z", "2026-03-01T24:00:00Z", "2026-03-01T09:60:00Z", "2026-03-01T09:30:61Z",
        "2026-03-01T09:30:60Z",
        "2026-03-01T09:30:00.Z", "2026-03-01T09:30:00+0100",
        "2026-03-01T09:30:00+24:00",
        "2026-03-01T09:30:00+01:60", "2026-03-01T09:30:00ZZ", "2026-03-01T09:30:00.5", "+026-03-01T09:30:00Z",
        "2026-03-01T09:30:00*01:00", "２026-03-01T09:30:00Z", "2026/03/01T09:30:00Z", "2026-03-01T09.30.00Z",
    ])
    func `what is not a date-time with a zone is refused`(text: String) {
        #expect(Timestamp.parse(text) == nil)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (1_772_357_400_000, "2026-03-01T09:30:00Z"),
        (1_772_357_400_050, "2026-03-01T09:30:00.050Z"),
        (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
    ])
    func `a date is written in UTC, with milliseconds only where there are some`(milliseconds: Int64, text: String) {
        #expect(Timestamp.format(Timestamp.date(milliseconds: milliseconds)) == text)
    }

    @Test func `zero can be written as an offset`() {
        #expect(Timestamp.formatOffsetZero(Timestamp.date(milliseconds: 1_500)) == "1970-01-01T00:00:01.500+00:00")
    }

    @Test func `dates that cannot be written are held at the ends`() {
        #expect(Timestamp.format(.distantFuture) == "4001-01-01T00:00:00Z")
        #expect(Timestamp.format(Date(timeIntervalSince1970: 1e18)) == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp.format(Date(timeIntervalSince1970: -.infinity)) == "0000-01-01T00:00:00Z")
    }

    @Test func `every day of four centuries agrees with Foundation, both ways`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))

        for days in stride(from: -73_000, to: 73_000, by: 7) {
            let date = Date(timeIntervalSince1970: Double(days) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let digits = try #require(DateDigits(daysSince1970: days))
            #expect(digits == DateDigits(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0))
            #expect(digits.daysSince1970 == days)
        }
    }

    @Test func `a millisecond survives being written and read, whatever it is`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let milliseconds = Int64.random(in: -2_000_000_000_000...4_000_000_000_000, using: &generator)
            let date = Timestamp.date(milliseconds: milliseconds)
            #expect(Timestamp.parse(Timestamp.format(date)) == date)
            #expect(Timestamp.milliseconds(of: date) == milliseconds)
        }
    }

    @Test(arguments: [
        "2026-02-29", "2026-00-01", "2026-01-00", "2026-1-1", "20260101", "2026-01-01 ", "1900-02-29", "2026-04-31",
    ])
    func `a day that does not exist is refused`(text: String) {
        #expect(DateDigits.parse(text) == nil)
    }

    @Test func `days are written as they are read, and are ordered`() throws {
        let day = try #require(DateDigits.parse("0987-06-05"))

        #expect(day.description == "0987-06-05")
        #expect(day < (try #require(DateDigits.parse("2000-02-29"))))
    }
}
