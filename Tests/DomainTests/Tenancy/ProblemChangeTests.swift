import Foundation
import Testing

@testable import Domain

@Suite struct ProblemChangeTests {
    @Test func `an amendment that is made replaces what it names and leaves the rest`() throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))
        _ = try problem.amend(ID(10), .sample, at: .placed)

        let effects = try problem.hear(.changeMade(change: ID(10)), at: .placed + 1)

        #expect(problem.report.problemText == "No light, and the box hums")
        #expect(problem.report.primaryContact == Contact(name: "Ada Example", phoneNumber: "+44 20 7946 0009"))
        #expect(problem.report.characteristics == ProblemReport.sample().characteristics)
        #expect(effects.tellings == [.problemChange(id: ID(10), input: .made)])
    }

    @Test func `characteristics are merged by name`() throws {
        let change = ProblemAmendment(characteristics: [Characteristic(name: "SERVICE_HAS_WORKED", value: "no")])

        let after = ProblemReport.sample().amended(by: change)

        #expect(after.characteristics == [Characteristic(name: "SERVICE_HAS_WORKED", value: "no")])
    }

    @Test func `one request at a time`() throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))
        _ = try problem.amend(ID(10), .sample, at: .placed)

        let refusal = #expect(throws: Rejection.self) { try problem.amend(ID(11), .sample, at: .placed) }

        #expect(refusal?.problems.map(\.pointer) == ["/serviceProblemId"])
    }

    @Test func `a cancellation supersedes an amendment, and the state it interrupted is back`() throws {
        var problem = try ServiceProblem.sample(.pendingAmendment(was: .held))

        let effects = try problem.askToCancel(ID(11), .sample, at: .placed)

        #expect(problem.status == .held)
        #expect(
            effects.tellings == [.problemChange(id: ID(9), input: .refused(reason: "superseded by a cancellation"))]
        )
        #expect(effects.told == ["UPDATE"], "the tenant hears what became of the amendment")
        #expect(effects.sent == [.problemCancelled(change: ID(11))])
    }

    @Test func `a request that the problem's end overtakes comes to nothing, and the tenant hears so after the end`()
        throws
    {
        var problem = try ServiceProblem.sample(.pendingAmendment(was: .inProgress))

        let effects = try problem.hear(.ticketUpdated(.sample(.cancelled), resolution: ID(5)), at: .placed)

        #expect(effects.told == ["CANCELLED", "ADDITIONAL"])
        #expect(effects.tellings.count == 1)
    }

    @Test func `a late answer to a superseded amendment changes nothing`() throws {
        var problem = try ServiceProblem.sample(.pendingAmendment(was: .held))
        _ = try problem.askToCancel(ID(11), .sample, at: .placed)
        let before = problem

        let effects = try problem.hear(.changeMade(change: ID(9)), at: .placed + 1)

        #expect(effects.isEmpty)
        #expect(problem == before)
    }

    @Test func `a refused request returns to exactly what it interrupted`() throws {
        var problem = try ServiceProblem.sample(.pendingCancellation(was: .networkIncident))

        let effects = try problem.hear(.changeRefused(change: ID(9), reason: "too late"), at: .placed)

        #expect(problem.status == .networkIncident)
        #expect(effects.told == ["RESUBMIT"])
    }

    @Test func `the ticket's own end completes the cancellation that asked for it`() throws {
        var problem = try ServiceProblem.sample(.pendingCancellation(was: .inProgress))

        let effects = try problem.hear(.ticketUpdated(.sample(.cancelled), resolution: ID(1)), at: .placed)

        #expect(effects.told == ["CANCELLED"])
        #expect(effects.tellings == [.problemChange(id: ID(9), input: .made)])
    }

    @Test func `a cancellation that comes too late is refused when the ticket closes`() throws {
        var problem = try ServiceProblem.sample(.pendingCancellation(was: .inProgress))

        let effects = try problem.hear(.ticketUpdated(.sample(.closed), resolution: ID(1)), at: .placed)

        let refused = ProblemChange.Input.refused(reason: "the problem ended as COMPLETED")
        #expect(effects.tellings == [.problemChange(id: ID(9), input: refused)])
    }

    @Test func `an amendment names every rule that it breaks`() throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))
        let amendment = ProblemAmendment(
            reservation: ID(4),
            secondaryContact: ContactChange(email: "bea@example.com"),
            characteristics: [Characteristic(name: "SERVICE_HAS_WORKED", value: "true")]
        )

        let refusal = #expect(throws: Rejection.self) { try problem.amend(ID(10), amendment, at: .placed) }

        #expect(
            refusal?.problems.map(\.pointer) == [
                "/appointmentReservationId", "/secondaryContact/name", "/secondaryContact/phoneNumber",
                "/characteristics",
            ]
        )
    }

    @Test func `an amendment that changes nothing is none`() throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))

        let refusal = #expect(throws: Rejection.self) { try problem.amend(ID(10), ProblemAmendment(), at: .placed) }

        #expect(refusal?.problems.map(\.pointer) == [""])
    }

    @Test func `a supplier that asks nobody has no use for a rejection`() throws {
        var problem = try ServiceProblem.sample(.resolved(resolution: .sample()), confirmsResolutions: false)

        let refusal = #expect(throws: Rejection.self) {
            try problem.answer(ID(77), accepted: false, notes: "Still dark", at: .placed)
        }

        #expect(refusal?.code == .notOffered)
    }

    @Test func `nobody hears of a contact in a log`() {
        #expect("\(ContactChange(name: "Ada Example"))" == "ContactChange(redacted)")
    }
}
