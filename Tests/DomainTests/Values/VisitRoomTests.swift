import FoundationEssentials
import Testing

@testable import Domain

/// A visit about which very much is said can still be scanned, cancelled and closed.
@Suite struct VisitRoomTests {
    private static func answer(_ characters: Int) -> QuestionAnswer {
        QuestionAnswer(
            question: "Q",
            code: "1",
            answer: String(repeating: "x", count: characters),
            received: .noon,
            source: .notifyJob
        )
    }

    private static func report(_ answers: [QuestionAnswer]) -> PartnerReport {
        PartnerReport(providerJobId: "P-1", eventTime: .noon, sequence: nil, answers: answers)
    }

    private static func progressed(_ job: inout InstallationJob) throws {
        while true {
            do throws(Rejection) { _ = try job.report(.at(), at: .noon) } catch {
                #expect(error.code == .illegalTransition)
                return
            }
        }
    }

    @Test func `a job that was told very often still takes a scan, a cancellation and closeJob`() throws {
        var job = try JobColumn.onSite.job()
        try Self.progressed(&job)
        #expect(job.history.count == VisitRoom.onTheWay.stepsMax)

        _ = try job.scan(.sample(), isDuplicate: false, by: .at(), at: .noon)
        var cancelled = job
        _ = try cancelled.hear(.withdrawn(reason: .other, isForced: true), at: .noon)
        _ = try job.close(.sample(), by: .at(), at: .noon)

        #expect(cancelled.stateName == "cancel-requested")
        #expect(job.stateName == "closed")
    }

    @Test func `scans without an end leave room for closeJob`() throws {
        var job = try JobColumn.onSite.job()
        try Self.progressed(&job)
        var refusal: Rejection?
        while refusal == nil {
            do throws(Rejection) {
                _ = try job.scan(.sample(), isDuplicate: false, by: .at(), at: .noon)
            } catch { refusal = error }
        }
        #expect(job.history.count == VisitRoom.provisioning.stepsMax)

        _ = try job.close(.sample(), by: .at(), at: .noon)

        #expect(job.stateName == "closed")
    }

    @Test func `of seventy messages of 0.9 MiB none makes the job heavy, and what matters is taken`() throws {
        var job = try JobColumn.onSite.job()
        let heavy = (1...450).map { _ in Self.answer(2_000) }
        for _ in 1...70 {
            let refusal = #expect(throws: Rejection.self) { _ = try job.report(Self.report(heavy), at: .noon) }
            #expect(refusal?.message.contains("512 are kept") == true)
        }
        #expect(job.answers.isEmpty)

        _ = try job.report(Self.report([Self.answer(500_000)]), at: .noon)
        #expect(throws: Rejection.self) { _ = try job.report(Self.report([Self.answer(50_000)]), at: .noon) }
        _ = try job.scan(.sample(), isDuplicate: false, by: Self.report([Self.answer(50_000)]), at: .noon)
        _ = try job.close(.sample(), by: Self.report(heavy), at: .noon)

        #expect(job.stateName == "closed")
        #expect(job.answers.count == 452)
    }

    @Test func `a partner's own book keeps the same room`() throws {
        var order = try WorkOrderColumn.onSite.order()
        var refusal: Rejection?
        while refusal == nil {
            do throws(Rejection) { _ = try order.progress([.sample], at: .noon, now: .noon) } catch { refusal = error }
        }
        #expect(order.steps.count == VisitRoom.onTheWay.stepsMax)

        _ = try order.scan(.sample(), now: .noon)
        _ = try order.learn(.sample(.provisioned), at: .noon)
        var cancelled = order
        _ = try cancelled.withdraw(because: .other, text: nil, isForced: true, at: .noon)
        _ = try order.close(.sample("SP"), now: .noon)

        #expect(cancelled.stateName == "cancelled")
        #expect(order.stateName == "closing")
    }

    @Test func `an end that the operator refused and that comes again adds no answers twice`() throws {
        var order = try WorkOrderColumn.provisioned.order()
        for _ in 1...3 {
            _ = try order.close(.answered, now: .noon)
            _ = try order.hear(.reportRefused(sequence: order.reports, code: -32003, reason: "no"), at: .noon)
        }

        #expect(order.answers.count == 1)
    }
}

extension ClosingReport {
    fileprivate static let answered = ClosingReport(
        code: ClosureCode("CON"),
        codeDescription: nil,
        secondary: nil,
        secondaryDescription: nil,
        closedAt: .noon,
        answers: [.sample],
        notes: nil
    )
}
