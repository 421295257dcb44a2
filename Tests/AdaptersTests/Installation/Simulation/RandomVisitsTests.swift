import Domain
import Foundation
import Testing

@testable import Adapters

/// Weeks of an operator, three partners and a network between them that loses, delays and repeats, watched by somebody
/// who knows only the wire and what the desk shows.
@Suite struct RandomVisitsTests {
    @Test
    func `whatever is lost, late, repeated or down, every job reaches one end and every message its effect once`()
        async throws
    {
        let told = try await withThrowingTaskGroup(of: Set<Int>.self) { group in
            for seed in UInt64(1)...12 { group.addTask { try await weeks(of: seed) } }
            return try await group.reduce(into: Set<Int>()) { $0.formUnion($1) }
        }

        // Of what no seed brings about, nothing is proved.
        #expect(told == Set(1...7))
    }

    /// - Returns: the provisioning results that were told.
    private func weeks(of seed: UInt64) async throws -> Set<Int> {
        try await RandomVisits.with(seed: seed) { visits in
            for _ in 0..<45 { try await visits.step() }
            for _ in 0..<4 {
                try await visits.pass(10 * 24 * 3_600)
                try await visits.lookAfterUnsent()
                try await visits.lookAfterSilent()
            }
            try await visits.judge()

            #expect(visits.wire.audit { $0.findings }.isEmpty, "SANDBOX_SEED=\(seed)")
            #expect(visits.wire.audit { $0.heard } > 40, "SANDBOX_SEED=\(seed)")
            #expect(visits.wire.planted.count > 4, "SANDBOX_SEED=\(seed)")
            #expect(visits.wire.refusedByOutage > 0, "SANDBOX_SEED=\(seed)")
            return visits.wire.audit { $0.told }
        }
    }
}
