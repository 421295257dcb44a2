import Domain
import FoundationEssentials
import Testing

@Suite struct InstallationJobWithdrawTests {
    @Test(arguments: [JobColumn.created, .sent, .accepted, .assigned])
    func `a job is taken back while nobody is on the way`(column: JobColumn) throws {
        var job = try column.job()

        let effects = try job.hear(.withdrawn(reason: .orderAmended), at: .noon)

        #expect(effects == [.send(.jobCancelled(reason: .orderAmended, placing: 1), to: .partner(id: "PARTNER1"))])
        #expect(try job.hear(.cancellationAcknowledged(), at: .noon).last == told(.cancelled))
        #expect(job.state == .cancelled(reason: .orderAmended, at: .noon))
    }

    @Test(arguments: [JobColumn.enRoute, .onSite, .ontScanned, .provisioned, .closed])
    func `from the moment the engineer sets out it is too late`(column: JobColumn) throws {
        let before = try column.job()
        var job = before

        #expect(try job.hear(.withdrawn(reason: .customerCancelled), at: .noon) == [told(.cancellationRefused)])
        #expect(job == before)
    }

    @Test func `a partner that refuses to let go keeps the job, at the stage it has reached meanwhile`() throws {
        var job = try JobColumn.cancelRequested.job()
        _ = try job.arrive(at: Location(latitude: 51, longitude: 0), engineer: nil, by: .at(), at: .noon)
        #expect(job.stateName == "cancel-requested")

        let effects = try job.hear(.cancellationRefused(code: -32002, reason: "on site"), at: .noon)

        #expect(job.stateName == "on-site")
        #expect(effects == [told(.cancellationRefused)])
    }

    @Test
    func `where nobody answered to the cancellation, the engineer is waited for again, and people hear if none comes`()
        throws
    {
        var job = try JobColumn.cancelRequested.job()
        #expect(try job.wake(.noWord, at: .noon + 3_600).isEmpty)

        let effects = try job.hear(.cancellationUnanswered(reason: "no route"), at: .noon + 7_200)

        #expect(effects.contains(.arm(job.timer(.noWord), at: .noon + 3_600)))
        #expect(try job.wake(.noWord, at: .noon + 7_200).alerts == [.noWordFromEngineer])
    }

    @Test func `a job that the partner doesn't know is as good as cancelled`() throws {
        var job = try JobColumn.cancelRequested.job()

        _ = try job.hear(.cancellationRefused(code: -32001, reason: "unknown"), at: .noon)

        #expect(job.stateName == "cancelled")
    }

    @Test func `a job that could not be sent is called off at the partner too, which may have it after all`() throws {
        var job = try JobColumn.failedToSend.job()

        let effects = try job.hear(.withdrawn(reason: .customerCancelled), at: .noon)

        let word = Effect.send(.jobCancelled(reason: .customerCancelled, placing: 1), to: .partner(id: "PARTNER1"))
        #expect(effects == [word, told(.cancelled)])
        #expect(job.stateName == "cancelled")
    }

    @Test func `a job closed while its cancellation was on the way stays closed`() throws {
        var job = try JobColumn.cancelRequested.job()
        _ = try job.close(.sample("NA"), by: .at(), at: .noon)

        #expect(try job.hear(.cancellationAcknowledged(), at: .noon).isEmpty)
        #expect(job.stateName == "closed")
    }

    @Test(arguments: [JobColumn.enRoute, .onSite, .ontScanned, .provisioned])
    func `by force a visit is off, whatever the partner answers`(column: JobColumn) throws {
        var job = try column.job()
        #expect(throws: Rejection.self) { _ = try job.cancel(at: .noon) }

        let effects = try job.cancel(isForced: true, at: .noon)
        #expect(effects == [.send(.jobCancelled(reason: .operatorWithdrawn, placing: 1), to: .partner(id: "PARTNER1"))])
        #expect(job.isCancelledByForce)
        let refused = try job.hear(.cancellationRefused(code: -32002, reason: "on site"), at: .noon)

        #expect(job.state == .cancelled(reason: .operatorWithdrawn, at: .noon))
        #expect(refused.contains(.tell(.appointment(id: ID(3), input: .cancelled))))
        #expect(refused.last == told(.cancelled))
    }

    @Test func `force may follow a cancellation that is under way, and sends nothing twice`() throws {
        var job = try JobColumn.cancelRequested.job()

        #expect(try job.cancel(isForced: true, at: .noon).isEmpty)
        _ = try job.hear(.cancellationUnanswered(reason: "no route"), at: .noon)

        #expect(job.stateName == "cancelled")
    }

    @Test(arguments: [JobColumn.closed, .cancelled])
    func `what is over is not cancelled, by force neither`(column: JobColumn) throws {
        var job = try column.job()

        #expect(throws: Rejection.self) { _ = try job.cancel(isForced: true, at: .noon) }
    }

    private func told(_ event: JobEvent) -> Effect {
        .tell(.supplyOrder(id: ID(7), input: .jobEvent(job: ID(701), event: event, at: .noon)))
    }
}
