import Foundation
import Testing

@testable import Domain

/// A problem at a native supplier: what its updates mean (G-092, G-093, §3.4).
@Suite struct NativeProblemTests {
    private func hear(
        _ problem: inout ServiceProblem,
        _ news: SupplierNews,
        at seconds: Double = 5
    ) throws -> [Effect] {
        try problem.hear(.supplierUpdated(news), at: .placed + seconds)
    }

    @Test func `the happy way, from a report to its closing`() throws {
        var problem = try ServiceProblem.sample()
        var told = try problem.hear(.supplierAccepted(reference: "P-1"), at: .placed).told
        for (number, reason) in zip(Int64(1)..., [SupplyUpdate.Reason.acknowledged, .committed, .confirm]) {
            told += try hear(&problem, .aboutProblem(reason, number)).told
        }
        let answered = try problem.answer(ID(78), accepted: true, notes: nil, at: .placed + 6)
        told += try hear(&problem, .aboutProblem(.completed, 4)).told

        #expect(told == ["UPDATE", "ACKNOWLEDGED", "COMMITTED", "CONFIRM", "COMPLETED"])
        #expect(answered.sent == [.resolutionAnswered(accepted: true, reason: nil, reference: "R-78")])
        #expect(problem.maintainerFaultReference == "P-1")
        #expect(problem.resolution?.status == .accepted)
    }

    @Test func `a resolution has the supplier's findings`() throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))
        _ = try hear(&problem, .aboutProblem(.confirm))

        #expect(problem.resolution?.code == "FIBRE_FAULT")
        #expect(problem.resolution?.violations == ["EXCEEDED_SLA_TIME_TO_REPAIR"])
        #expect(problem.resolution?.text == "Splice mended")
        #expect(problem.log.entries.last?.kci.details?.dueBy == .placed + 5 + 48 * 3_600)
    }

    @Test func `another resolution takes the place of the one that stood`() throws {
        var problem = try ServiceProblem.sample(.resolved(resolution: .sample()))

        #expect(try hear(&problem, .aboutProblem(.confirm)).told == ["CONFIRM"])
        #expect(problem.resolution?.id == ID(78))
        #expect(problem.refusedResolutions.map(\.id) == [ID(77)])
    }

    @Test func `a supplier that offers resolutions without end makes nothing grow`() throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))
        for number in 1...Int64(150) {
            _ = try hear(&problem, .aboutProblem(.confirm, number, resolution: "R-\(number)", as: ID(number)))
        }

        #expect(problem.refusedResolutions.map(\.id.number) == Array(50...149))
        #expect(problem.resolution?.id == ID(150))
    }

    @Test func `work that begins again refuses the resolution, by its update's status alone`() throws {
        var problem = try ServiceProblem.sample(.resolved(resolution: .sample()))

        #expect(try hear(&problem, .aboutProblem(.update, now: .inProgress)).told == ["COMMITTED"])
        #expect(problem.resolution(ID(77))?.status == .rejected)
    }

    @Test func `a tenant's refusal stays one, whatever the supplier makes of it`() throws {
        var problem = try ServiceProblem.sample(.resolved(resolution: .sample()))
        _ = try problem.answer(ID(77), accepted: false, notes: "Still dark", at: .placed)

        #expect(try hear(&problem, .aboutProblem(.completed)).told == ["COMPLETED"])
        #expect(problem.resolution?.status == .rejected)
    }

    @Test func `a decision about another request than the open one is refused`() throws {
        var problem = try ServiceProblem.sample(.pendingAmendment(was: .inProgress))
        let before = problem
        var news = SupplierNews.aboutProblem(.amended)
        news.problemAmendment = ID(10)

        #expect(throws: Rejection.self) { try hear(&problem, news) }
        #expect(problem == before)
    }

    @Test func `an amendment that was taken after all is told, though the tenant gave it up`() throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))
        _ = try problem.amend(ID(10), .sample, at: .placed)
        _ = try problem.askToCancel(ID(11), .sample, at: .placed + 1)
        var news = SupplierNews.aboutProblem(.amended)
        news.problemAmendment = ID(10)

        #expect(try hear(&problem, news).told == ["UPDATE"])
        #expect(problem.report.problemText == ProblemAmendment.sample.problemText)
        #expect(problem.openChange?.id == ID(11), "the cancellation is still open")
    }

    @Test func `an amendment that brings what was asked for takes the problem on, if the supplier says so`() throws {
        var satisfied = try ServiceProblem.sample(.working(.pending))
        _ = try satisfied.amend(ID(10), .sample, at: .placed)
        var still = satisfied

        #expect(try hear(&satisfied, .aboutProblem(.amended, now: .acknowledged)).told == ["AMENDED"])
        #expect(try hear(&still, .aboutProblem(.amended, now: .pending)).told == ["AMENDED"])

        #expect(satisfied.status == .acknowledged)
        #expect(still.status == .pending)
    }

    @Test(arguments: [SupplyUpdate.Reason.warning, .delay, .reappoint, .cancelled, .terminated])
    func `some reasons mean nothing without a problem code`(reason: SupplyUpdate.Reason) throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))
        var news = SupplierNews.aboutProblem(reason)
        news.problemCode = nil

        let refusal = #expect(throws: Rejection.self) { try hear(&problem, news) }
        #expect(refusal?.problems.map(\.pointer) == ["/problemCode"])
    }

    @Test func `a confirmation without a resolution is refused`() throws {
        var problem = try ServiceProblem.sample(.working(.inProgress))
        var news = SupplierNews.aboutProblem(.confirm)
        news.problem = nil

        #expect(throws: Rejection.self) { try hear(&problem, news) }
        #expect(problem.status == .inProgress)
    }

    @Test func `an answer that an update overtook only fills in the reference, and tells of it`() throws {
        var problem = try ServiceProblem.sample()
        var news = SupplierNews.aboutProblem(.committed)
        news.supplierReference = nil
        _ = try hear(&problem, news)

        #expect(try problem.hear(.supplierAcknowledged(reference: "P-1"), at: .placed + 6).count == 1)
        #expect(problem.log.entries.last?.kci.headline == "UPDATE")
        #expect(problem.maintainerFaultReference == "P-1")
        #expect(problem.status == .inProgress)
    }

    @Test func `a problem that never left is cancelled on the spot, and its visit given back`() throws {
        let slot = try TimeSlot.sample()
        let around = ServiceProblem.Circumstances(
            buyerIdentifier: "BUYER1",
            isReferenceFree: true,
            visit: BookedVisit(reservation: ID(4), supplierReference: "KEY", slot: slot)
        )
        let report = ProblemReport.sample(.outage, reservation: ID(4))
        var (problem, _) = try ServiceProblem.raise(ID(3), report, around, for: "TENANT1", in: "c-1", at: .placed)

        let effects = try problem.askToCancel(ID(11), .sample, isSent: false, at: .placed)
        let change = ProblemChange(id: ID(11), of: problem, .cancellation(wanted: .sample), in: "c-1", at: .placed)

        #expect(effects.told == ["CANCELLED"])
        #expect(effects.sent.isEmpty)
        #expect(effects.contains(.withdraw(problem.ref, from: .supplier(id: "DUMMY_SUPPLIER"))))
        #expect(effects.contains(.tell(.reservation(id: ID(4), input: .unused))))
        #expect(problem.status == .cancelled)
        #expect(change.status == .completed)
    }

    @Test func `an amendment that waits behind a problem that never left goes with it`() throws {
        var problem = try ServiceProblem.sample()
        _ = try problem.amend(ID(10), .sample, at: .placed)

        let effects = try problem.askToCancel(ID(11), .sample, isSent: false, at: .placed)

        let superseded = ProblemChange.Input.refused(reason: "superseded by a cancellation")
        #expect(effects.contains(.tell(.problemChange(id: ID(10), input: superseded))))
        #expect(effects.sent.isEmpty)
    }
}
