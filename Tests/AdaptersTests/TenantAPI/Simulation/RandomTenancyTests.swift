import Foundation
import Testing

@testable import Adapters

/// Days of three tenants, two suppliers and a gateway that dies, with everything on the way failing now and then, watched by
/// somebody who knows only the wire.
///
/// `PATCHBAY_SEEDS` says how many seeds: 8 here, 500 and more in `make soak`. `SANDBOX_SEED` plays one again.
@Suite struct RandomTenancyTests {
    private static let stepsPerSeed = 80

    @Test(.timeLimit(.minutes(60)))
    func `whatever fails, is late or comes twice, a tenant's updates rebuild exactly what it is shown`() async throws {
        let environment = ProcessInfo.processInfo.environment
        let only = environment["SANDBOX_SEED"].flatMap(UInt64.init)
        let count = environment["PATCHBAY_SEEDS"].flatMap(UInt64.init) ?? 8
        let seeds = only.map { $0...$0 } ?? 1...count

        let seen = try await withThrowingTaskGroup(of: Seen.self) { group in
            var waiting = Array(seeds)[...]
            for seed in waiting.prefix(2) { group.addTask { try await Self.days(of: seed) } }
            waiting = waiting.dropFirst(2)
            var seen = Seen()
            for try await days in group {
                seen.add(days)
                if let seed = waiting.popFirst() { group.addTask { try await Self.days(of: seed) } }
            }
            return seen
        }

        // Of what no seed brings about, nothing is proved.
        #expect(only != nil || seen.planted == Set(TenancyWire.Fate.allCases))
        #expect(only != nil || Self.types.subtracting(seen.types) == [])
    }

    /// Every type of update that a tenant can be told (G-073, G-074).
    private static let types: Set<String> = [
        "CREATED", "ACKNOWLEDGED", "COMMITTED", "DELAY", "RESUMED", "REAPPOINTED", "ADDITIONAL", "WARNING", "UPDATE",
        "AMENDED", "CANCELLED", "TERMINATED", "COMPLETED", "INFORMATION_REQUIRED", "REAPPOINT", "RESUBMIT", "CONFIRM",
        "ERROR",
    ]

    /// What came about in a seed's days.
    private struct Seen: Sendable {
        var planted: Set<TenancyWire.Fate> = []
        var types: Set<String> = []

        mutating func add(_ other: Seen) {
            planted.formUnion(other.planted)
            types.formUnion(other.types)
        }
    }

    private static func days(of seed: UInt64) async throws -> Seen {
        let tenancy = try await RandomTenancy(seed: seed)
        try await tenancy.run(steps: stepsPerSeed)
        let (findings, heard, types) = tenancy.wire.audit { ($0.findings, $0.heard, $0.types) }

        #expect(findings.isEmpty, "SANDBOX_SEED=\(seed)")
        #expect(heard > 60, "SANDBOX_SEED=\(seed)")
        #expect(tenancy.lives > 1, "SANDBOX_SEED=\(seed)")
        return Seen(planted: Set(tenancy.wire.planted.keys), types: types)
    }
}
