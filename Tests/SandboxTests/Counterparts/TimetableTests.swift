import Domain
import FoundationEssentials
import Testing

@testable import Sandbox

@Suite struct TimetableTests {
    private let timetable = Timetable(pace: .timetable)

    @Test func `the engineer is named at five in the afternoon of London's clock, on the eve`() throws {
        let slot = try Moments.julySlot()
        let due = timetable.due(.assign, slot: slot, arrived: nil, scenario: .happy, now: slot.start - 5 * 86_400)
        #expect(due == LondonTime.date(slot.day.adding(days: -1), hour: 17))
        #expect(due == slot.start - 15 * 3_600, "eight in the morning, less fifteen hours")
    }

    @Test func `when the eve has passed, the engineer is named at once`() throws {
        let slot = try Moments.julySlot()
        let now = slot.start - 3_600
        #expect(timetable.due(.assign, slot: slot, arrived: nil, scenario: .happy, now: now) == now)
    }

    @Test func `the day follows the slot: half an hour before, at its start, and then the arrival`() throws {
        let slot = try Moments.julySlot()
        let eve = slot.start - 10 * 3_600
        let arrived = slot.start + 60
        #expect(timetable.due(.enRoute, slot: slot, arrived: nil, scenario: .happy, now: eve) == slot.start - 1_800)
        #expect(timetable.due(.onSite, slot: slot, arrived: nil, scenario: .happy, now: eve) == slot.start)
        #expect(timetable.due(.scan, slot: slot, arrived: arrived, scenario: .happy, now: arrived) == arrived + 1_200)
        #expect(timetable.due(.close, slot: slot, arrived: arrived, scenario: .happy, now: arrived) == arrived + 5_400)
    }

    @Test func `where nobody opens, the engineer leaves after twenty minutes`() throws {
        let slot = try Moments.julySlot()
        let due = timetable.due(.close, slot: slot, arrived: slot.start, scenario: .noAccess, now: slot.start)
        #expect(due == slot.start + 1_200)
    }

    @Test(arguments: [VisitEvent.assign, .enRoute, .onSite, .scan])
    func `on the wall's clock each step is 200 ms after the one before, whatever the day`(event: VisitEvent) throws {
        let slot = try Moments.julySlot()
        let now = slot.start - 5 * 86_400
        let due = Timetable(pace: .brisk).due(event, slot: slot, arrived: now, scenario: .happy, now: now)
        #expect(due == now + 0.2)
    }

    @Test func `the desk triages after a quarter of an hour and starts half an hour later`() {
        let now = Moments.noon
        #expect(timetable.due(.triage, slot: nil, now: now) == now + 900)
        #expect(timetable.due(.start, slot: nil, now: now) == now + 1_800)
    }

    @Test func `a ticket without a visit is resolved four hours after the start`() {
        #expect(timetable.due(.resolve, slot: nil, now: Moments.noon) == Moments.noon + 4 * 3_600)
    }

    @Test func `a ticket's visit ends with its slot, and the ticket is resolved five minutes later`() throws {
        let slot = try Moments.julySlot()
        #expect(timetable.due(.appointmentCompleted, slot: slot, now: slot.start - 3_600) == slot.end)
        #expect(timetable.due(.appointmentCompleted, slot: slot, now: slot.end + 60) == slot.end + 60)
        #expect(timetable.due(.resolve, slot: slot, now: slot.end) == slot.end + 300)
    }
}

/// Moments that the tests of this folder are about.
enum Moments {
    static let noon = Date(timeIntervalSince1970: 1_783_425_600)

    /// A morning in summer time.
    static func julySlot() throws -> TimeSlot {
        let day = try #require(CivilDate("2026-07-14"))
        return try #require(TimeSlot(day: day, from: "08:00", to: "12:00"))
    }
}
