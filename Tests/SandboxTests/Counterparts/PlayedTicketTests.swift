import Domain
import FoundationEssentials
import Testing

@testable import Sandbox

@Suite struct PlayedTicketTests {
    @Test func `a ticket with a visit is worked to its end`() throws {
        let slot = try Moments.julySlot()
        var ticket = Self.ticket()
        var now = slot.start - 7_200
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted, slot), mode: .automatic), at: now)

        let done = try Self.play(&ticket, steps: 5, from: &now)

        #expect(done.map(\.event) == [.triage, .start, .appointmentConfirmed, .appointmentCompleted, .resolve])
        #expect(done.map(\.due).suffix(2) == [slot.end, slot.end + 300])
        #expect(ticket.state == .over(how: "resolved"))
    }

    @Test func `a ticket without a visit is resolved four hours after the start`() throws {
        var ticket = Self.ticket()
        var now = Moments.noon
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: now)
        let done = try Self.play(&ticket, steps: 3, from: &now)
        #expect(done.map(\.event) == [.triage, .start, .resolve])
        #expect(done.map(\.due) == [900, 2_700, 17_100].map { Moments.noon + $0 })
    }

    @Test func `a ticket that comes back is started and resolved once more`() throws {
        var ticket = Self.ticket()
        var now = Moments.noon
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: now)
        _ = try Self.play(&ticket, steps: 3, from: &now)
        _ = try ticket.hear(.told(bulletin: Self.news(.reopened), mode: .automatic), at: now)
        #expect(try Self.play(&ticket, steps: 2, from: &now).map(\.event) == [.start, .resolve])
        #expect(ticket.state == .over(how: "resolved"))
    }

    @Test func `where triage finds nothing, nothing more is done, until the buyer objects`() throws {
        var ticket = Self.ticket(.noFaultFound)
        var now = Moments.noon
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: now)
        _ = try Self.play(&ticket, steps: 1, from: &now)
        #expect(ticket.state == .over(how: "no fault found"))

        _ = try ticket.hear(.told(bulletin: Self.news(.reopened), mode: .automatic), at: now)
        #expect(ticket.plannedStep?.event == .start)
    }

    @Test func `a visit that was added later is confirmed and waited for`() throws {
        let slot = try Moments.julySlot()
        var ticket = Self.ticket()
        var now = slot.start - 7_200
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: now)
        _ = try Self.play(&ticket, steps: 2, from: &now)

        _ = try ticket.hear(.told(bulletin: Self.news(.amended, slot), mode: .automatic), at: now)

        #expect(ticket.plannedStep?.event == .appointmentConfirmed)
    }

    @Test func `a cancelled ticket is left alone`() throws {
        var ticket = Self.ticket()
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: Moments.noon)
        let effects = try ticket.hear(.told(bulletin: Self.news(.cancelled), mode: .automatic), at: Moments.noon)
        #expect(effects == [.disarm(ticket.timer(.step)), .disarm(ticket.timer(.send))])
        #expect(ticket.state == .over(how: "cancelled"))
    }

    @Test func `by hand nothing happens by itself`() throws {
        var ticket = Self.ticket()
        let news = Self.news(.accepted)
        #expect(try ticket.hear(.told(bulletin: news, mode: .manual), at: Moments.noon).isEmpty)
        #expect(ticket.state == .idle)
    }

    @Test func `a ticket that came back while its resolution was being told is worked again`() throws {
        var ticket = Self.ticket()
        var now = Moments.noon
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: now)
        _ = try Self.play(&ticket, steps: 2, from: &now)
        _ = ticket.begin(.resolve, requestID: "r", at: now)
        let report = try #require(ticket.report)

        _ = try ticket.hear(.told(bulletin: Self.news(.reopened), mode: .automatic), at: now)
        #expect(ticket.taken(report, in: .automatic, at: now).isEmpty)
        #expect(ticket.plannedStep?.event == .start)
    }

    @Test func `where information is missing the desk holds, leaves a message, calls twice and goes on waiting`() throws
    {
        var ticket = Self.ticket(.holdForInformation)
        var now = Moments.noon
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: now)

        let done = try Self.play(&ticket, steps: 6, from: &now)

        #expect(done.map(\.event).suffix(4) == [.hold, .contactAttempts, .contactAttempts, .contactAttempts])
        #expect(ticket.state == .waiting(need: .answer))
        _ = try ticket.hear(.told(bulletin: Self.news(.amended, status: .onHold), mode: .automatic), at: now)
        #expect(ticket.state == .waiting(need: .answer), "an amendment that ends no hold is no answer")

        _ = try ticket.hear(.told(bulletin: Self.news(.amended, status: .inProgress), mode: .automatic), at: now)
        #expect(try Self.play(&ticket, steps: 1, from: &now).map(\.event) == [.resolve])
    }

    @Test func `an answer between two calls ends the search`() throws {
        var ticket = Self.ticket(.holdForInformation)
        var now = Moments.noon
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: now)
        _ = try Self.play(&ticket, steps: 4, from: &now)

        _ = try ticket.hear(.told(bulletin: Self.news(.amended, status: .inProgress), mode: .automatic), at: now)

        #expect(ticket.plannedStep?.event == .resolve)
    }

    @Test func `a call that the operator refuses because the answer came meanwhile is no end`() throws {
        var ticket = Self.ticket(.holdForInformation)
        var now = Moments.noon
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: now)
        _ = try Self.play(&ticket, steps: 4, from: &now)
        _ = ticket.begin(.contactAttempts, requestID: "r", at: now)
        let report = try #require(ticket.report)

        _ = ticket.refused(report, because: "the ticket is in-progress", in: .automatic, at: now)

        #expect(ticket.plannedStep?.event == .resolve)
    }

    @Test(arguments: [
        (Scenario.missedByEndUser, [DeskStep.triage, .start, .appointmentConfirmed, .appointmentMissed]),
        (.missedByOperator, [.triage, .start, .appointmentConfirmed, .appointmentMissed]),
        (.appointmentFailed, [.triage, .start, .appointmentFailed]),
    ])
    func `a visit that comes to nothing waits for another, which goes well`(scenario: Scenario, steps: [DeskStep])
        throws
    {
        let slot = try Moments.julySlot()
        let later = try #require(TimeSlot(start: slot.start + 7 * 86_400, end: slot.end + 7 * 86_400))
        var ticket = Self.ticket(scenario)
        var now = slot.start - 7_200
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted, slot), mode: .automatic), at: now)
        #expect(try Self.play(&ticket, steps: steps.count, from: &now).map(\.event) == steps)
        #expect(ticket.plannedStep == nil)

        let news = Self.news(.amended, later, status: .inProgress)
        _ = try ticket.hear(.told(bulletin: news, mode: .automatic), at: now)

        let rest = try Self.play(&ticket, steps: 3, from: &now).map(\.event)
        #expect(rest == [.appointmentConfirmed, .appointmentCompleted, .resolve])
    }

    @Test func `a visit is missed at the end of its slot, not before`() throws {
        let slot = try Moments.julySlot()
        var ticket = Self.ticket(.missedByOperator)
        var now = slot.start - 7_200
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted, slot), mode: .automatic), at: now)
        #expect(try Self.play(&ticket, steps: 4, from: &now).last?.due == slot.end)
    }

    @Test(arguments: [(Scenario.missedByEndUser, "planned"), (.missedByOperator, "waiting")])
    func `an end user who was missed is answered for by any word, an engineer only by another key`(
        scenario: Scenario,
        state: String
    ) throws {
        let slot = try Moments.julySlot()
        var ticket = Self.ticket(scenario)
        var now = slot.start - 7_200
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted, slot), mode: .automatic), at: now)
        _ = try Self.play(&ticket, steps: 4, from: &now)

        _ = try ticket.hear(.told(bulletin: Self.news(.amended, status: .inProgress), mode: .automatic), at: now)

        #expect(ticket.stateName == state)
    }

    @Test func `what was answered while the desk was played by hand is taken up afterwards`() throws {
        var ticket = Self.ticket(.holdForInformation)
        var now = Moments.noon
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: now)
        _ = try Self.play(&ticket, steps: 6, from: &now)
        _ = try ticket.hear(.told(bulletin: Self.news(.amended, status: .inProgress), mode: .manual), at: now)
        #expect(ticket.state == .idle)

        _ = ticket.goOn(at: now)

        #expect(ticket.plannedStep?.event == .resolve)
    }

    @Test(arguments: [DeskStep.comment, .priority])
    func `what a hand says beside the work leaves the plan as it was`(step: DeskStep) throws {
        var ticket = Self.ticket()
        _ = try ticket.hear(.told(bulletin: Self.news(.accepted), mode: .automatic), at: Moments.noon)
        let planned = ticket.state
        _ = ticket.begin(step, requestID: "r", byHand: true, at: Moments.noon + 60)
        let report = try #require(ticket.report)

        _ = ticket.taken(report, in: .automatic, at: Moments.noon + 60)

        #expect(ticket.state == planned)
    }

    // MARK: -

    private static func ticket(_ scenario: Scenario = .happy) -> PlayedTicket {
        PlayedTicket(id: ID(1), reference: "CS0000001", scenario: scenario, pace: .timetable, at: Moments.noon)
    }

    private static func news(
        _ event: DeskNews.Event,
        _ slot: TimeSlot? = nil,
        status: FaultStatus? = nil
    ) -> DeskBulletin {
        DeskBulletin(event: event, reference: "CS0000001", slot: slot, status: status)
    }

    private static func play(
        _ ticket: inout PlayedTicket,
        steps: Int,
        from now: inout Date
    ) throws -> [(event: DeskStep, due: Date)] {
        var done: [(event: DeskStep, due: Date)] = []
        for number in 1...steps {
            let step = try #require(ticket.plannedStep)
            now = step.due
            _ = ticket.begin(step.event, requestID: "request-\(number)", at: now)
            let report = try #require(ticket.report)
            _ = ticket.taken(report, in: .automatic, at: now)
            done.append(step)
        }
        return done
    }
}

extension PlayedTicket {
    var report: DeskReport? {
        guard case .reporting(let report) = state else { return nil }
        return report
    }

    var plannedStep: (event: DeskStep, due: Date)? {
        guard case .planned(let event, let due) = state else { return nil }
        return (event, due)
    }
}
