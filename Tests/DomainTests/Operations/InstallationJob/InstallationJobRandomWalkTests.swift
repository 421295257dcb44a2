import Domain
import FoundationEssentials
import Testing

/// Inputs in any order: what must hold always, held by a second, simpler account of the timers and the stage.
@Suite struct InstallationJobRandomWalkTests {
    @Test(arguments: UInt64(1)...200)
    func `whatever comes in whatever order, a job keeps its promises`(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let headEnd = (0..<3).map { _ in HeadEndAnswer.allCases[dice.roll(HeadEndAnswer.allCases.count)] }
        var job = try InstallationJob(id: ID(701), pack: .sample(headEnd: headEnd), at: .noon)
        var armed: Set<TimerKey> = []
        var highest = InstallationJob.Stage.created
        var ends = 0

        for step in 0..<60 {
            let before = job
            let input = JobInput.allCases[dice.roll(JobInput.allCases.count)]
            let time = Date.noon + Double(step) - Double(dice.roll(20))
            let effects = (try? input.happen(to: &job, at: time)) ?? []

            for case .arm(let timer, _) in effects { armed.insert(timer) }
            for case .disarm(let timer) in effects { armed.remove(timer) }
            for case .tell(.supplyOrder(_, .jobClosed)) in effects { ends += 1 }
            // Another partner starts from the beginning.
            let isPlaced = effects.contains { if case .send(.jobCreated, _) = $0 { true } else { false } }
            highest = isPlaced ? .created : max(highest, job.stage ?? highest)

            #expect(!before.hasEnded || job == before, "what has ended never changes again")
            #expect(!isPlaced || job.formerPartners?.contains(job.partner) != true, "who has it is nobody's former")
            #expect(job.stage == nil || job.stage == highest || highest >= .ontScanned, "stages only rise")
            #expect(job.stage != nil || armed.isEmpty || job.history.isEmpty, "what has ended waits for nothing")
            #expect(job.history.map(\.at) == job.history.map(\.at).sorted(), "history is kept by its own time")
            #expect(ends <= 1, "an order hears once how its job ended")
        }
    }

    @Test func `a job that was never placed has room taken on nobody's day`() throws {
        let job = try InstallationJob(id: ID(701), pack: .sample(), at: .noon)

        #expect(!job.lookups.contains { $0.key == "partnerDay" })
        #expect(try JobColumn.created.job().lookups.contains(Lookup("partnerDay", "PARTNER1/2026-01-09")))
        #expect(try JobColumn.closed.job().lookups.contains(Lookup("partnerDay", "PARTNER1/2026-01-09")))
        #expect(!(try JobColumn.declined.job().lookups.contains { $0.key == "partnerDay" }))
    }

    /// A small generator of its own, so that a seed means the same everywhere.
    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
    }
}

extension InstallationJob {
    fileprivate var hasEnded: Bool { ["closed", "cancelled"].contains(stateName) }
}
