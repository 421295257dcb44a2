import Foundation
import Testing

@testable import Domain

@Suite struct CivilDateTests {
    @Test func `two centuries of days are as Foundation's calendar counts them`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))

        let wrong = (-36_525...36_525).first { day in
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday],
                from: Date(timeIntervalSince1970: Double(day) * 86_400)
            )
            let date = CivilDate(daysSince1970: day)
            // Foundation's week begins on Sunday, as 1.
            let weekday = ((parts.weekday ?? 0) + 5) % 7
            return date.year != parts.year || date.month != parts.month || date.day != parts.day
                || date.weekday.rawValue != weekday || date.daysSince1970 != day
        }

        #expect(wrong == nil)
    }

    @Test(arguments: ["2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
    func `a day that exists is read and written alike`(text: String) {
        #expect(CivilDate(text)?.description == text)
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00", "0000-01-01", "2026-1-01",
        "2026-01-01 ", "20260101", "", "2026/01/01", "٢٠٢٦-01-01",
    ])
    func `a day that does not exist is none`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `days are added across the ends of months and years`() {
        #expect(CivilDate("2026-12-31")?.adding(days: 1).description == "2027-01-01")
        #expect(CivilDate("2024-03-01")?.adding(days: -1).description == "2024-02-29")
    }
}
