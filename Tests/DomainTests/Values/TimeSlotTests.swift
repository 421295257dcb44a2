import Foundation
import Testing

@testable import Domain

@Suite struct TimeSlotTests {
    /// G-042; 2026-07-06 is a Monday in summer time.
    @Test(arguments: [
        ("2026-07-06", "08:00", "13:00", "WEEKDAY_AM"), ("2026-07-06", "13:00", "18:00", "WEEKDAY_PM"),
        ("2026-07-06", "07:00", "09:00", "WEEKDAY_EARLY"), ("2026-07-06", "17:00", "20:00", "WEEKDAY_EVENING"),
        ("2026-07-06", "08:00", "18:00", "WEEKDAY"), ("2026-07-11", "08:00", "13:00", "SATURDAY_AM"),
        ("2026-07-12", "12:00", "16:00", "SUNDAY_PM"), ("2026-01-05", "08:00", "13:00", "WEEKDAY_AM"),
    ])
    func `a slot is classified by London's clock`(day: String, from: String, to: String, expected: String) throws {
        let named = try #require(CivilDate(day))
        let slot = try #require(TimeSlot(day: named, from: from, to: to))

        #expect(slot.classification == expected)
    }

    @Test(arguments: [("2026-07-06", true), ("2026-07-11", false)])
    func `only a weekday's day is standard`(day: String, expected: Bool) throws {
        let named = try #require(CivilDate(day))
        let slot = try #require(TimeSlot(day: named, from: "08:00", to: "13:00"))

        #expect(slot.isStandard == expected)
    }

    @Test func `a slot ends after it begins`() throws {
        let day = try #require(CivilDate("2026-07-06"))

        #expect(TimeSlot(day: day, from: "13:00", to: "08:00") == nil)
        #expect(TimeSlot(day: day, from: "08:00", to: "08:00") == nil)
        #expect(TimeSlot(day: day, from: "8:00", to: "13:00") == nil)
    }

    @Test func `what is spelt is what was read`() throws {
        let named = try #require(CivilDate("2026-07-06"))
        let slot = try #require(TimeSlot(day: named, from: "08:00", to: "13:00"))

        #expect(slot.day.description == "2026-07-06")
        #expect(slot.startTime == "08:00" && slot.endTime == "13:00")
    }
}
