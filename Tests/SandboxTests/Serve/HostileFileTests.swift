import Adapters
import Domain
import Engine
import Foundation
import Logging
import Storage
import TestSupport
import Testing

@testable import Sandbox
@testable import patchbay

/// Whatever is in a configuration file is refused with its place, or can be served.
///
/// `PATCHBAY_SEED` names another seed, `PATCHBAY_CASES` how many files each is tried with.
@Suite(.serialized) struct HostileFileTests {
    private static let seed = ProcessInfo.processInfo.environment["PATCHBAY_SEED"].flatMap(UInt64.init) ?? 15
    private static let cases = ProcessInfo.processInfo.environment["PATCHBAY_CASES"].flatMap(Int.init) ?? 150

    @Test(.timeLimit(.minutes(10)), arguments: ["gateway", "partner"])
    func `a file with hostile values is refused with places, or is put together and called`(guide: String) async throws
    {
        let example = try GuideExample(guide)
        defer { example.remove() }
        var chance = SeededBytes(seed: Self.seed)
        try await Self.use(try example.read(example.text))

        var served = 0
        for number in 0..<Self.cases {
            let hostile = try HostileJSON.mutated(example.text, &chance)
            do {
                try await Self.use(try example.read(hostile))
                served += 1
            } catch let refusal as ConfigurationFile.Refused {
                let isPlaced = refusal.reasons.allSatisfy { $0.hasPrefix("/") || $0.hasPrefix("line ") }
                #expect(
                    isPlaced && !refusal.reasons.isEmpty,
                    "file \(number) of seed \(Self.seed): \(refusal)\n\(hostile)"
                )
            }
        }

        #expect(served > 0, "some of them can be served")
    }

    @Test(arguments: ["/dev/zero", "/", "/proc/self/mem"])
    func `a file that has no end, or is none, is said to be unreadable`(path: String) throws {
        let example = try GuideExample("partner")
        defer { example.remove() }
        let text = example.text.replacingOccurrences(
            of: #""certificates": ["operator.pem"]"#,
            with: #""certificates":["\#(path)"]"#
        )

        let refusal = #expect(throws: ConfigurationFile.Refused.self) { try example.read(text) }

        #expect(refusal?.reasons == ["/operators/0/certificates names \(path), which cannot be read"])
    }

    /// Puts the house together, without a port of its own, and calls each address that it would call.
    private static func use(_ file: HouseFile) async throws {
        let ground = HouseGround(
            store: try SQLiteStore(.temporary),
            time: .real,
            ids: .system,
            metrics: PrometheusMetrics(),
            logger: .quiet
        )
        let house = try await file.house(on: ground)
        let call = try OutboundCall(policy: AddressPolicy(.loopbackOnly), logger: .quiet)
        for url in file.called {
            let answer = await call.send(OutboundRequest(url: url, deadline: .seconds(2)))
            #expect(throws: OutboundFailure.self, "nobody listens at \(url)") { try answer.get() }
        }
        await call.shutdown()
        try await house.close()
    }
}

extension HouseFile {
    /// Addresses that it names.
    fileprivate var called: [String] {
        switch self {
        case .gateway(let file):
            file.suppliers.flatMap { [$0.baseURL, $0.access.tokenURL] + ($0.ticketingURL.map { [$0] } ?? []) }
                + file.tenants.compactMap(\.terms.updates?.url)
                + file.issuers.compactMap { if case .url(let url) = $0.keys { url } else { nil } }
        case .partner(let file): file.operators.map(\.terms.endpoint.url)
        }
    }
}
