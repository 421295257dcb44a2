import Foundation
import Testing

@testable import Domain

@Suite struct ServiceProblemTests {
    @Test func `the happy way, from a ticket to its closing`() throws {
        var problem = try ServiceProblem.sample()
        var told: [String] = []

        told += try problem.hear(.ticketPending, at: .placed).told
        for status in [TicketNews.Status.accepted, .open, .inProgress, .resolved] {
            told += try problem.take(.sample(status), resolution: ID(77), at: .placed + 60).told
        }
        _ = try problem.answer(ID(77), accepted: true, notes: nil, at: .placed + 120)
        told += try problem.take(.sample(.closed), resolution: ID(78), at: .placed + 180).told

        #expect(told == ["UPDATE", "ACKNOWLEDGED", "COMMITTED", "UPDATE", "CONFIRM", "COMPLETED"])
        #expect(problem.status == .completed)
        #expect(problem.resolution?.status == .accepted)
        #expect(problem.resolution?.closedDate == .placed + 180)
        #expect(problem.maintainerFaultReference == "CS0000001")
    }

    @Test(arguments: [
        (LateRepair(totalDays: 3, sellerDays: 2, reasons: ["CUST"]), ["EXCEEDED_SLA_TIME_TO_REPAIR"]),
        (LateRepair(totalDays: 3, sellerDays: 0, reasons: ["CUST"]), []),
        (nil, []),
    ])
    func `a repair that took the supplier too long is a violation of its resolution`(
        late: LateRepair?,
        violations: [String]
    ) throws {
        var problem = try ServiceProblem.sample(.resolved(resolution: .sample()))
        var news = TicketNews.sample(.closed)
        news.lateRepair = late

        _ = try problem.take(news, resolution: ID(78), at: .placed + 180)

        #expect(problem.resolution?.violations == violations)
    }

    @Test func `a resolution is the tenant's to confirm within 48 hours`() throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))

        _ = try problem.take(.sample(.resolved), resolution: ID(77), at: .placed)

        let details = problem.log.entries.last?.kci.details
        #expect(details?.resolution == ID(77))
        #expect(details?.dueBy == .placed + 48 * 3_600)
    }

    @Test func `a ticket that closes without an answer counts as accepted`() throws {
        var problem = try ServiceProblem.sample(.resolved(resolution: .sample()))

        #expect(try problem.take(.sample(.closed), resolution: ID(78), at: .placed).told == ["COMPLETED"])
        #expect(problem.resolution?.status == .accepted)
    }

    @Test func `a refused resolution re-opens the problem, and the next is another`() throws {
        var problem = try ServiceProblem.sample(.resolved(resolution: .sample()))

        let effects = try problem.answer(ID(77), accepted: false, notes: "Still dark", at: .placed)
        _ = try problem.take(.sample(.reopened), resolution: ID(78), at: .placed + 1)
        _ = try problem.take(.sample(.resolved, reason: "again"), resolution: ID(79), at: .placed + 2)

        #expect(effects.sent == [.resolutionAnswered(accepted: false, reason: "Still dark", reference: "R-77")])
        #expect(problem.resolution?.id == ID(79))
        #expect(problem.resolution(ID(77))?.status == .rejected)
        #expect(problem.lookups.map(\.value).contains("77"))
    }

    @Test func `an answer that the supplier does not take may be given again`() throws {
        var problem = try ServiceProblem.sample(.resolved(resolution: .sample()))
        _ = try problem.answer(ID(77), accepted: true, notes: nil, at: .placed)

        #expect(try problem.hear(.answerFailed(reason: "not resolved"), at: .placed + 1).told == ["ERROR"])
        #expect(problem.resolution?.status == .pending)
    }

    @Test func `a resolution is answered once, and only that one`() throws {
        var problem = try ServiceProblem.sample(.resolved(resolution: .sample()))

        #expect(throws: Rejection.self) { try problem.answer(ID(78), accepted: true, notes: nil, at: .placed) }
        _ = try problem.answer(ID(77), accepted: true, notes: nil, at: .placed)
        #expect(throws: Rejection.self) { try problem.answer(ID(77), accepted: true, notes: nil, at: .placed) }
    }

    @Test func `a rejection of a resolution has a reason`() throws {
        var problem = try ServiceProblem.sample(.resolved(resolution: .sample()))

        let refusal = #expect(throws: Rejection.self) {
            try problem.answer(ID(77), accepted: false, notes: "", at: .placed)
        }
        #expect(refusal?.problems.map(\.pointer) == ["/tenantNotes"])
    }

    @Test func `a hold that waits for a visit asks for one`() throws {
        var visit = try ServiceProblem.sample(.working(.inProgress))
        var words = try ServiceProblem.sample(.working(.inProgress))

        let asksForVisit = try visit.take(
            .sample(.onHold, reason: "New appointment needed"),
            resolution: ID(1),
            at: .placed
        )
        let asksForWords = try words.take(.sample(.onHold, reason: "No contact"), resolution: ID(1), at: .placed)

        #expect(asksForVisit.told == ["REAPPOINT"])
        #expect(asksForWords.told == ["INFORMATION_REQUIRED"])
    }

    @Test func `a visit's closure code is among the supplier's codes`() throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))
        let news = TicketNews.sample(.inProgress, .appointmentCompleted(closureCode: "FR"))

        #expect(try problem.take(news, resolution: ID(1), at: .placed).told == ["UPDATE"])
        #expect(problem.log.entries.last?.kci.details?.supplierCodes == ["FR"])
    }

    @Test func `a repeat of a notification is dropped without a word`() throws {
        var problem = try ServiceProblem.sample()
        _ = try problem.take(.sample(.accepted), resolution: ID(1), at: .placed)
        let before = problem

        #expect(try problem.take(.sample(.accepted), resolution: ID(2), at: .placed + 1).isEmpty)
        #expect(problem == before)
    }

    @Test(arguments: ProblemType.allCases)
    func `only an outage needs a visit, and only an outage may have one`(type: ProblemType) {
        let needs = type == .outage

        #expect(refuses(.sample(type)) == needs)
        #expect(refuses(.sample(type, reservation: ID(4))) != needs)
    }

    @Test(arguments: [
        ("TICKET-7", true, "TICKET-7"), ("TICKET-7", false, "SP-3"), ("SP-99", true, "SP-3"), (nil, true, "SP-3"),
        (String(repeating: "x", count: 36), true, String(repeating: "x", count: 36)),
        (String(repeating: "x", count: 37), true, "SP-3"),
    ])
    func `the supplier's reference is the tenant's if it fits and is free`(
        own: String?,
        isFree: Bool,
        expected: String
    ) {
        #expect(ProblemReport.sample(externalIdentifier: own).faultReference(of: ID(3), isFree: isFree) == expected)
    }

    private func refuses(_ report: ProblemReport) -> Bool {
        do {
            try report.requireAppointmentRule()
            return false
        } catch {
            return error.code == .appointmentRule
        }
    }
}

extension KCI {
    var details: KCIDetails? {
        switch content {
        case .information(_, let details), .action(_, let details): details
        case .error: nil
        }
    }
}
