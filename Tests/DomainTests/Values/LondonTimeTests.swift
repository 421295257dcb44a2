import Foundation
import Testing

@testable import Domain

@Suite struct LondonTimeTests {
    @Test func `every hour of 1996 to 2037 is as Foundation's tables say`() throws {
        let london = try #require(TimeZone(identifier: "Europe/London"))
        let first = CivilDate.daysSince1970(year: 1996, month: 1, day: 1) * 24
        let last = CivilDate.daysSince1970(year: 2038, month: 1, day: 1) * 24

        let wrong = (first..<last).first { hour in
            let date = Date(timeIntervalSince1970: Double(hour) * 3_600)
            return LondonTime.offset(at: date) != london.secondsFromGMT(for: date)
        }

        #expect(wrong == nil)
    }

    @Test(arguments: [
        ("2026-03-28", 8, "2026-03-28T08:00:00Z"), ("2026-03-30", 8, "2026-03-30T07:00:00Z"),
        ("2026-10-24", 13, "2026-10-24T12:00:00Z"), ("2026-10-26", 13, "2026-10-26T13:00:00Z"),
        ("2026-10-25", 1, "2026-10-25T00:00:00Z"),
    ])
    func `a London clock's hour is one moment, the first of two`(day: String, hour: Int, expected: String) throws {
        let day = try #require(CivilDate(day))

        #expect(LondonTime.date(day, hour: hour)?.formatted(.iso8601) == expected)
    }

    @Test func `an hour that is skipped in March does not exist`() throws {
        let day = try #require(CivilDate("2026-03-29"))

        #expect(LondonTime.date(day, hour: 1) == nil)
        #expect(LondonTime.date(day, hour: 1, minute: 59) == nil)
        #expect(LondonTime.date(day, hour: 2) != nil)
        #expect(LondonTime.date(day, hour: 24) == nil)
    }

    @Test func `the day changes at London's midnight, not at UTC's`() {
        let summerNight = Date(timeIntervalSince1970: 1_782_861_000)  // 2026-06-30T23:10:00Z

        #expect(LondonTime.day(at: summerNight) == CivilDate("2026-07-01"))
        #expect(LondonTime.wallClock(at: summerNight).minute == 10)
    }
}
