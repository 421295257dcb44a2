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

    // MARK: -

    private static func ticket(_ scenario: Scenario = .happy) -> PlayedTicket {
        PlayedTicket(id: ID(1), reference: "CS0000001", scenario: scenario, pace: .timetable, at: Moments.noon)
    }

    private static func news(_ event: DeskNews.Event, _ slot: TimeSlot? = nil) -> DeskBulletin {
        DeskBulletin(event: event, reference: "CS0000001", slot: slot)
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
