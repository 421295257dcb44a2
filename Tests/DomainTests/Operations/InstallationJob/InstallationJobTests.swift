import Domain
import FoundationEssentials
import Testing

@Suite struct InstallationJobTests {
    @Test func `a dispatched pack founds a job that wants a partner`() throws {
        let pack = try JobPack.sample()

        let (job, effects) = try #require(try InstallationJob.found(ID(701), on: .dispatched(pack: pack), at: .noon))

        #expect(job.stateName == "created")
        #expect(job.reference == "J701")
        #expect(
            effects == [
                .place(
                    JobPlacing(
                        job: ID(701),
                        day: LondonTime.day(at: .noon),
                        uprn: 10_090_000_001,
                        postcode: nil,
                        preferred: "PARTNER1"
                    )
                )
            ]
        )
    }

    @Test func `nothing but a pack founds a job`() throws {
        #expect(try InstallationJob.found(ID(701), on: .withdrawn(reason: .other), at: .noon) == nil)
    }

    @Test func `another pack for the same job is refused`() throws {
        var job = try JobColumn.sent.job()

        let refusal = #expect(throws: Rejection.self) {
            _ = try job.hear(.dispatched(pack: .sample(vendor: .calix)), at: .noon)
        }

        #expect(refusal?.code == .alreadyExists)
    }

    @Test func `an empty acknowledgement waits for the first message to bring the partner's number`() throws {
        var job = try JobColumn.created.job()

        _ = try job.hear(.partnerAnswered(providerJobId: nil), at: .noon)
        #expect(job.stateName == "sent")
        let effects = try job.assign(.sam, by: .at(number: "P-77"), at: .noon)

        #expect(job.providerJobId == "P-77")
        #expect(job.stateName == "assigned")
        #expect(effects == [told(.accepted), told(.assigned)])
    }

    @Test func `a message that overtakes the acknowledgement counts as one`() throws {
        var job = try JobColumn.created.job()

        _ = try job.assign(.sam, by: .at(number: "P-1"), at: .noon)
        let effects = try job.hear(.partnerAnswered(providerJobId: "P-1"), at: .noon + 1)

        #expect(job.stateName == "assigned")
        #expect(effects.isEmpty)
    }

    @Test func `skipped messages are filled in, and the order hears of each`() throws {
        var job = try JobColumn.accepted.job()

        let effects = try job.scan(.sample(), isDuplicate: false, by: .at(), at: .noon)

        #expect(job.history.filter(\.isBackfilled).map(\.happening) == [.assigned, .enRoute, .onSite])
        #expect(
            effects == [
                told(.assigned), told(.enRoute), told(.onSite),
                .tell(.appointment(id: ID(3), input: .attended(at: .noon))),
                .disarm(job.timer(.noWord)),
                told(.scanned),
                .arm(job.timer(.push), at: .noon + 180),
            ]
        )
    }

    @Test func `a late message is kept in its place by its own time, and moves nothing`() throws {
        var job = try JobColumn.onSite.job()

        let effects = try job.setOut(
            from: Location(latitude: 51, longitude: 0),
            engineer: nil,
            by: .at(.noon - 1_800),
            at: .noon + 60
        )

        #expect(job.stateName == "on-site")
        #expect(effects.isEmpty)
        #expect(job.history.first?.at == .noon - 1_800)
    }

    @Test func `an engineer may be replaced, and the latest by its own time stays`() throws {
        var job = try JobColumn.accepted.job()

        _ = try job.assign(.sam, by: .at(.noon), at: .noon)
        _ = try job.assign(.alex, by: .at(.noon - 60), at: .noon + 1)
        #expect(job.engineer == .sam)
        _ = try job.assign(.alex, by: .at(.noon + 60), at: .noon + 2)

        #expect(job.engineer == .alex)
    }

    @Test func `another day than the appointment's is accepted and remarked`() throws {
        var job = try JobColumn.assigned.job()

        _ = try job.arrive(
            at: Location(latitude: 51, longitude: 0),
            engineer: nil,
            by: .at(.noon + 86_400),
            at: .noon + 86_400
        )

        #expect(job.stateName == "on-site")
        #expect(job.remarks == [.notOnTheDay(day: LondonTime.day(at: .noon + 86_400))])
    }

    @Test func `another number of the partner's is remarked, and the first stays`() throws {
        var job = try JobColumn.accepted.job()

        _ = try job.assign(.sam, by: .at(number: "P-2"), at: .noon)

        #expect(job.providerJobId == "P-1")
        #expect(job.remarks == [.otherProviderJobId(given: "P-2")])
    }

    @Test func `a message that never ends is refused at last`() throws {
        var job = try JobColumn.accepted.job()
        for _ in job.history.count..<450 { _ = try job.report(.at(), at: .noon) }

        #expect(throws: Rejection.self) { try job.report(.at(), at: .noon) }
    }

    private func told(_ event: JobEvent) -> Effect {
        .tell(.supplyOrder(id: ID(7), input: .jobEvent(job: ID(701), event: event, at: .noon)))
    }
}
