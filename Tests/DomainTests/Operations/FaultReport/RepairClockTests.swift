import Domain
import FoundationEssentials
import Testing

@Suite struct RepairClockTests {
    private let start = TicketFixture.start

    @Test func `the clock starts when the ticket is accepted, not when it is raised`() throws {
        var ticket = try TicketFixture.pending()
        #expect(ticket.clock.motion(ended: ticket.ended) == .notStarted)

        _ = try ticket.wake(.accept, at: start + 60)

        #expect(ticket.clock.started == start + 60)
        #expect(ticket.clock.motion(ended: ticket.ended) == .running)
        #expect(ticket.clock.running(until: start + 100) == 40)
    }

    @Test func `it stands still on hold, stops when resolved, and goes on when the buyer objects`() throws {
        var ticket = try TicketFixture.ticket(.inProgress)
        _ = try ticket.hold(for: "NOACC", because: "Nobody opens", at: start + 100)
        #expect(ticket.clock.motion(ended: nil) == .paused)
        #expect(ticket.clock.running(until: start + 1_000) == 100)
        _ = try ticket.resume(because: nil, at: start + 1_100)
        _ = try ticket.resolve(because: "Splice mended", at: start + 1_200)
        #expect(ticket.clock.motion(ended: nil) == .stopped)
        #expect(ticket.clock.running(until: start + 9_000) == 200)

        _ = try ticket.answer(accepted: false, because: "Dark", at: start + 10_000)

        #expect(ticket.clock.motion(ended: nil) == .running)
        #expect(ticket.clock.running(until: start + 10_050) == 250)
        #expect(ticket.clock.paused(until: start + 10_050) == 1_000)
        #expect(ticket.clock.refusedResolutions.map(\.from) == [start + 1_200])
    }

    @Test(arguments: HoldReason.table.filter(\.isOutsideControl).map(\.code))
    func `what is outside the operator's control stops the clock, under a code of five characters`(code: String) throws
    {
        var ticket = try TicketFixture.ticket(.open)

        _ = try ticket.hold(for: code, because: "r", at: start)

        #expect(ticket.status == .onHold)
        #expect(ticket.clock.openPause?.code == code)
        #expect((1...5).contains(code.count))
    }

    @Test(arguments: HoldReason.table.filter { !$0.isOutsideControl }.map(\.code) + ["", "mborc", "LUNCH"])
    func `what is in the operator's own control, or unknown, does not`(code: String) throws {
        var ticket = try TicketFixture.ticket(.open)
        let open = ticket

        let refusal = #expect(throws: Rejection.self) { try ticket.hold(for: code, because: "r", at: start) }

        #expect(refusal?.problems.map(\.pointer) == ["/reasonCode"])
        #expect(refusal?.problems.first?.message.contains("MBORC, NOACC, CUST") == true, "it names those that may")
        #expect(ticket == open)
    }

    @Test func `a message and two calls in vain are enough, and are the hold's`() throws {
        var ticket = try TicketFixture.ticket(.onHold)
        let attempts = [
            ContactAttempt(kind: .message, outcome: .left, at: start + 10),
            ContactAttempt(kind: .call, outcome: .noAnswer, at: start + 20),
            ContactAttempt(kind: .call, outcome: .failed, at: start + 30),
        ]

        var exhausted: [Bool] = []
        for attempt in attempts {
            let effects = try ticket.contact(attempt, at: start + 30)
            #expect(effects.changes == [.amended])
            #expect(effects.notifications.first?.showsComment == true)
            exhausted.append(ticket.clock.openPause?.contacts?.isExhausted == true)
        }

        #expect(exhausted == [false, false, true])
        #expect(ticket.status == .onHold, "the ticket goes on waiting")
        #expect(ticket.clock.openPause?.contacts == attempts)
        #expect(ticket.updates.suffix(3).map(\.text) == attempts.map(\.text))
    }

    @Test func `two calls before the message, or somebody who answered, are not a vain search`() {
        let message = ContactAttempt(kind: .message, outcome: .left, at: start)
        let call = ContactAttempt(kind: .call, outcome: .noAnswer, at: start)
        let answered = ContactAttempt(kind: .call, outcome: .reached, at: start)

        #expect(![call, call, message].isExhausted)
        #expect(![message, call].isExhausted)
        #expect(![message, call, answered].isExhausted)
        #expect([message, call, call].isExhausted)
    }

    @Test func `a hold brings the attempts before it, and names everything that is wrong with them`() throws {
        var ticket = try TicketFixture.ticket(.inProgress)
        let before = ticket
        let early = ContactAttempt(kind: .call, outcome: .noAnswer, at: start - 1)
        let late = ContactAttempt(kind: .call, outcome: .noAnswer, at: start + 1)
        let good = ContactAttempt(kind: .call, outcome: .noAnswer, at: start)

        let refusal = #expect(throws: Rejection.self) {
            try ticket.hold(for: "LUNCH", because: "r", contacts: [early, good, late], at: start)
        }
        #expect(
            refusal?.problems.map(\.pointer) == ["/reasonCode", "/contactAttempts/0/at", "/contactAttempts/2/at"]
        )
        #expect(ticket == before)

        _ = try ticket.hold(because: "r", contacts: [good], at: start)
        #expect(ticket.clock.openPause?.contacts == [good])
    }

    @Test func `of attempts on one hold there is a most`() throws {
        var ticket = try TicketFixture.ticket(.onHold)
        let attempt = ContactAttempt(kind: .call, outcome: .noAnswer, at: start)
        for _ in 0..<[ContactAttempt].contactsMax { _ = try ticket.contact(attempt, at: start) }
        let full = ticket

        #expect(throws: Rejection.self) { try ticket.contact(attempt, at: start) }
        #expect(ticket == full)
    }

    @Test func `a ticket is held a hundred times at most`() throws {
        var ticket = try TicketFixture.ticket(.inProgress)
        for _ in 0..<100 {
            _ = try ticket.hold(because: "r", at: start)
            _ = try ticket.resume(because: nil, at: start)
        }

        #expect(throws: Rejection.self) { try ticket.hold(because: "r", at: start) }
        #expect(ticket.status == .inProgress)
    }

    @Test func `the desk's comment and its priority are told, the same priority is not`() throws {
        var ticket = try TicketFixture.ticket(.open)

        let said = try ticket.comment("An engineer looks at it", at: start)
        let urgent = try ticket.prioritise(1, because: nil, at: start)
        let again = try ticket.prioritise(1, because: nil, at: start)

        #expect(said.changes == [.amended])
        #expect(ticket.updates.map(\.text).contains("An engineer looks at it"))
        #expect(urgent.changes == [.amended])
        #expect(ticket.priority == 1)
        #expect(ticket.comment?.by == .seller)
        #expect(again.isEmpty)
    }
}
