import Domain
import FoundationEssentials
import Testing

@Suite struct InstallationJobPlaceTests {
    @Test func `the chosen partner is sent the job, and its word is waited for until an hour after the slot began`()
        throws
    {
        var job = try InstallationJob(id: ID(701), pack: .sample(), at: .noon)

        let effects = try job.hear(.placed(partner: "PARTNER2"), at: .noon)

        #expect(
            effects == [
                .send(.jobCreated(placing: 1), to: .partner(id: "PARTNER2")),
                .arm(job.timer(.noWord), at: .noon + 3_600),
            ]
        )
        #expect(job.owner == .partner("PARTNER2"))
    }

    @Test func `a job that nobody can take is declined: the order hears of it, and people are alerted`() throws {
        var job = try InstallationJob(id: ID(701), pack: .sample(), at: .noon)

        let effects = try job.hear(.placed(partner: nil), at: .noon)

        #expect(job.stateName == "declined")
        #expect(effects.first == told(.declined))
        #expect(effects.alerts == [.jobWithoutPartner])
    }

    @Test func `a partner that declines is followed by the next, and the order hears nothing of it`() throws {
        var job = try JobColumn.sent.job()

        let declined = try job.hear(.partnerDeclined(code: -32000, reason: "full", placing: 1), at: .noon)
        #expect(job.stateName == "declined")
        #expect(declined.tellings.isEmpty)
        #expect(declined.placing?.refused == ["PARTNER1"])
        let placed = try job.hear(.placed(partner: "PARTNER2"), at: .noon + 1)

        #expect(job.stateName == "created")
        #expect(placed.first == .send(.jobCreated(placing: 2), to: .partner(id: "PARTNER2")))
        #expect(job.formerPartners == ["PARTNER1"])
    }

    @Test func `a second refusal leaves out both`() throws {
        var job = try JobColumn.declined.job()
        _ = try job.hear(.placed(partner: "PARTNER2"), at: .noon)

        let effects = try job.hear(.partnerDeclined(code: -32000, reason: "full", placing: 2), at: .noon)

        #expect(effects.placing?.refused == ["PARTNER1", "PARTNER2"])
    }

    @Test func `what a former partner answers means nothing`() throws {
        var job = try JobColumn.declined.job()
        _ = try job.hear(.placed(partner: "PARTNER2"), at: .noon)
        let placed = job

        for input in [
            InstallationJob.Input.partnerAnswered(providerJobId: "P-1", placing: 1),
            .partnerDeclined(code: 1, reason: "no", placing: 1), .sendingFailed(reason: "gone", placing: 1),
        ] {
            #expect(try job.hear(input, at: .noon).isEmpty)
        }

        #expect(job == placed)
    }

    @Test func `a partner that has the job a second time is not held to what it answers about the first`() throws {
        var job = try JobColumn.created.job()
        _ = try job.redispatch(to: "PARTNER2", at: .noon)
        _ = try job.redispatch(to: "PARTNER1", at: .noon)

        #expect(try job.hear(.partnerAnswered(providerJobId: "P-1", placing: 1), at: .noon).isEmpty)
        #expect(job.stateName == "created" && job.providerJobId == nil)
        let declined = try job.hear(.partnerDeclined(code: -32000, reason: "full", placing: 3), at: .noon)

        #expect(declined.placing?.refused == ["PARTNER2", "PARTNER1"])
    }

    @Test func `a job that could not be sent goes to nobody else by itself: people are alerted`() throws {
        var job = try JobColumn.created.job()

        let effects = try job.hear(.sendingFailed(reason: "no route", placing: 1), at: .noon)

        #expect(effects.alerts == [.jobFailedToSend])
        #expect(effects.placing == nil)
        #expect(effects.contains(told(.failedToSend)))
        #expect(effects.contains(.disarm(job.timer(.noWord))))
    }

    @Test
    func `the desk gives an accepted job to another partner: the first is told, and starts afresh with the second`()
        throws
    {
        var job = try JobColumn.assigned.job()

        let effects = try job.redispatch(to: "PARTNER2", at: .noon)

        #expect(
            effects.first == .send(.jobCancelled(reason: .operatorWithdrawn, placing: 1), to: .partner(id: "PARTNER1"))
        )
        #expect(effects.contains(.send(.jobCreated(placing: 2), to: .partner(id: "PARTNER2"))))
        #expect(job.stateName == "created")
        #expect(job.formerPartners == ["PARTNER1"])
        #expect(job.providerJobId == nil && job.engineer == nil)
        #expect(try job.hear(.cancellationAcknowledged(placing: 1), at: .noon).isEmpty)
    }

    @Test(
        arguments: [
            InstallationJob.Input.cancellationAcknowledged(placing: 1),
            .cancellationRefused(code: -32002, reason: "on site", placing: 1),
            .cancellationUnanswered(reason: "no route", placing: 1),
        ]
    )
    func `what the partner before answers to its cancellation ends nothing at the new one`(
        answer: InstallationJob.Input
    ) throws {
        var job = try JobColumn.assigned.job()
        _ = try job.redispatch(to: "PARTNER2", at: .noon)
        _ = try job.hear(.withdrawn(reason: .customerCancelled), at: .noon)

        #expect(try job.hear(answer, at: .noon).isEmpty)
        #expect(job.stateName == "cancel-requested")
        _ = try job.hear(.cancellationAcknowledged(placing: 2), at: .noon)

        #expect(job.stateName == "cancelled")
    }

    @Test func `who may have a job that could not be sent is told that it has gone to another`() throws {
        var job = try JobColumn.failedToSend.job()

        let effects = try job.redispatch(to: "PARTNER2", at: .noon)

        #expect(
            effects.first == .send(.jobCancelled(reason: .operatorWithdrawn, placing: 1), to: .partner(id: "PARTNER1"))
        )
        #expect(effects.contains(.send(.jobCreated(placing: 2), to: .partner(id: "PARTNER2"))))
    }

    @Test func `a job that could not be sent is sent to the same partner again without calling it off`() throws {
        var job = try JobColumn.failedToSend.job()

        let effects = try job.redispatch(to: "PARTNER1", at: .noon)

        #expect(effects.first == .send(.jobCreated(placing: 2), to: .partner(id: "PARTNER1")))
    }

    @Test func `a partner that speaks of a job that could not be sent has it after all`() throws {
        var job = try JobColumn.failedToSend.job()

        let effects = try job.assign(.sam, by: .at(), at: .noon)

        #expect(job.stateName == "assigned")
        #expect(effects.contains(told(.accepted)))
        #expect(effects.contains(.arm(job.timer(.noWord), at: .noon + 3_600)))
    }

    @Test func `the desk may leave the choice open, and may send it back to who declined`() throws {
        var failed = try JobColumn.failedToSend.job()
        var declined = try JobColumn.declined.job()

        #expect(try failed.redispatch(to: nil, at: .noon).placing?.refused == ["PARTNER1"])
        _ = try declined.redispatch(to: "PARTNER1", at: .noon)

        #expect(declined.formerPartners == [])
        #expect(declined.partner == "PARTNER1")
    }

    @Test(arguments: [JobColumn.enRoute, .onSite, .provisioned, .closed, .cancelled, .cancelRequested])
    func `once the engineer has set out, or it is over, a job stays where it is`(column: JobColumn) throws {
        var job = try column.job()

        let refusal = #expect(throws: Rejection.self) { _ = try job.redispatch(to: "PARTNER2", at: .noon) }

        #expect(refusal?.code == .illegalTransition)
    }

    @Test func `an hour into the slot without a word people are alerted once, and the job says so`() throws {
        var job = try JobColumn.assigned.job()

        let effects = try job.wake(.noWord, at: .noon + 3_600)

        #expect(effects.alerts == [.noWordFromEngineer])
        #expect(job.remarks == [.noWordFromEngineer])
        #expect(job.isSilent(at: .noon + 3_600) && !job.isSilent(at: .noon + 3_599))
    }

    @Test func `an engineer who has set out is no longer waited for`() throws {
        var job = try JobColumn.assigned.job()

        let effects = try job.setOut(
            from: Location(latitude: 51, longitude: 0),
            engineer: nil,
            by: .at(.noon),
            at: .noon
        )

        #expect(effects.contains(.disarm(job.timer(.noWord))))
        #expect(try job.wake(.noWord, at: .noon + 3_600).isEmpty)
    }

    @Test func `late is who comes after the slot, or has not come when it is over`() throws {
        let place = Location(latitude: 51, longitude: 0)
        var inTime = try JobColumn.assigned.job()
        _ = try inTime.arrive(at: place, engineer: nil, by: .at(.noon + 4 * 3_600), at: .noon)
        var late = try JobColumn.assigned.job()
        #expect(!late.isLate(at: .noon + 4 * 3_600))
        #expect(late.isLate(at: .noon + 4 * 3_600 + 1))
        _ = try late.arrive(at: place, engineer: nil, by: .at(.noon + 4 * 3_600 + 1), at: .noon)

        #expect(!inTime.isLate(at: .noon + 9 * 3_600))
        #expect(late.isLate(at: .noon))
    }

    private func told(_ event: JobEvent) -> Effect {
        .tell(.supplyOrder(id: ID(7), input: .jobEvent(job: ID(701), event: event, at: .noon)))
    }
}

extension [Effect] {
    var placing: JobPlacing? {
        for case .place(let placing) in self { return placing }
        return nil
    }

    var alerts: [Alert.Kind] {
        compactMap { effect -> Alert.Kind? in
            guard case .alert(let alert) = effect else { return nil }
            return alert.kind
        }
    }
}
