import Domain
import FoundationEssentials

/// When the automatic actors do what (decision 23). Pure: moments in, a moment out, never before `now`.
struct Timetable: Equatable, Sendable {
    /// The engineer is named on the eve of the visit, at this hour of London's clock.
    static let assignmentHour = 17

    let pace: Pace

    /// When the engineer's next step is due.
    ///
    /// - Parameters:
    ///   - slot: the appointment; without one the steps follow each other.
    ///   - arrived: when the engineer came on site.
    func due(_ event: VisitEvent, slot: TimeSlot?, arrived: Date?, scenario: Scenario, now: Date) -> Date {
        max(now, planned(event, slot: slot, arrived: arrived, scenario: scenario, now: now))
    }

    private func planned(_ event: VisitEvent, slot: TimeSlot?, arrived: Date?, scenario: Scenario, now: Date) -> Date {
        switch event {
        case .accept, .decline:
            return now
        case .assign:
            guard let slot = atItsHour(slot) else { return now + pace.setOutBeforeSlot }
            return LondonTime.date(slot.day.adding(days: -1), hour: Self.assignmentHour) ?? now
        case .enRoute:
            guard let slot = atItsHour(slot) else { return now + pace.setOutBeforeSlot }
            return slot.start - pace.setOutBeforeSlot
        case .onSite:
            guard let slot = atItsHour(slot) else { return now + pace.setOutBeforeSlot }
            return slot.start
        case .scan:
            return (arrived ?? now) + pace.scanAfterArrival
        case .close:
            // Nothing to do: the engineer waits as long as the work on the box would have taken.
            let stay = scenario.endsAtTheDoor ? pace.scanAfterArrival : pace.closeAfterArrival
            return (arrived ?? now) + stay
        }
    }

    /// When the desk's next step is due, the step before having been done now.
    func due(_ event: DeskStep, slot: TimeSlot?, now: Date) -> Date {
        switch event {
        case .triage:
            now + pace.triage
        case .start:
            now + pace.workStart
        case .appointmentConfirmed:
            now
        case .contactAttempts:
            now + pace.triage
        case .appointmentCompleted, .appointmentMissed:
            max(now, atItsHour(slot)?.end ?? now + pace.resolutionAfterVisit)
        case .resolve:
            now + (slot == nil ? pace.resolutionWithoutVisit : pace.resolutionAfterVisit)
        case .hold, .resume, .cancel, .reject, .comment, .priority, .appointmentFailed, .appointmentCancelled:
            now
        }
    }

    private func atItsHour(_ slot: TimeSlot?) -> TimeSlot? {
        switch pace.visits {
        case .atTheirSlot: slot
        case .atOnce: nil
        }
    }
}
