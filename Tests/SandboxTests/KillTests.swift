import Engine
import Foundation
import Testing

@testable import patchbay

/// A real process, killed without warning again and again while it works; then every promise is called in.
///
/// `PATCHBAY_KILLS` says how often: 20 here, 200 and more in `make soak`. `SANDBOX_SEED` replays the moments.
@Suite(.serialized) struct KillTests {
    @Test(.timeLimit(.minutes(60)))
    func
        `whatever moment it is killed at, every accepted order and fault reaches its end, and each effect happens once`()
        async throws
    {
        let environment = ProcessInfo.processInfo.environment
        let kills = environment["PATCHBAY_KILLS"].flatMap(Int.init) ?? 20
        let seed = environment["SANDBOX_SEED"].flatMap(UInt64.init) ?? IDSource.system.bits()
        print("SANDBOX_SEED=\(seed) PATCHBAY_KILLS=\(kills)")
        let chance = IDSource.seeded(seed)
        let sandbox = try SandboxProcess()
        defer { sandbox.remove() }
        let customer = BusyCustomer()

        for round in 1...kills {
            let life = try await sandbox.start()
            let work = Task { await customer.work(in: life, round: round) }
            try await Task.sleep(for: .milliseconds(Int(chance.bits() % 900)))
            sandbox.kill()
            await work.value
            await life.close()
        }

        let life = try await sandbox.start()
        let outcome = await Result(catching: {
            try await customer.askAgain(in: life)
            // Past the last visit on offer, and 48 hours of silence after it, in steps that a busy machine keeps up with.
            for _ in 0..<(16 * 4 + 1) {
                try await life.advance("PT6H")
                try await life.settle(atMost: .seconds(110))
            }
            return (try await Audit(of: life).complaints, try await customer.unfinished(in: life))
        })
        await life.close()
        let (complaints, unfinished) = try outcome.get()
        #expect(await customer.accepted.orders.count > 0)
        #expect(await customer.accepted.problems.count > 0)
        #expect(unfinished == [])
        #expect(complaints == [])
    }
}

extension Result where Failure == any Error {
    /// What an asynchronous body came to, so that what it used can be closed before its error goes on.
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
