import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Adapters

/// Every wire on which we call is answered with bytes of chance: nothing ends, and what is no good answer is never taken for one.
///
/// `PATCHBAY_SEED` names another seed, `PATCHBAY_CASES` how many answers a wire gets.
@Suite(.serialized) struct HostileWiresTests {
    private static let seed = ProcessInfo.processInfo.environment["PATCHBAY_SEED"].flatMap(UInt64.init) ?? 15
    private static let cases = ProcessInfo.processInfo.environment["PATCHBAY_CASES"].flatMap(Int.init) ?? 120

    @Test(arguments: OutboundWire.all)
    func `every wire asks once for answers as they are, and is understood`(wire: OutboundWire) async throws {
        let heard = Mutex<[String]>([])
        let isTaken = try await RawPeer.answering({ _ in wire.answers[0] }) { request in
            heard.withLock { $0.append(request) }
        } _: { peer in
            try await HostileAnswerTests.calling { await wire.attempt($0, peer.url).isTaken }
        }

        let requests = heard.withLock { $0 }
        let asked = requests.map { request in
            request.split(separator: "\r\n").map { $0.lowercased() }.filter { $0.hasPrefix("accept-encoding:") }
        }
        #expect(isTaken)
        #expect(!requests.isEmpty)
        #expect(asked == requests.map { _ in ["accept-encoding: identity"] })
    }

    @Test(.timeLimit(.minutes(5)), arguments: OutboundWire.all)
    func `mutated answers end nothing, and none of another status than 2xx is taken for a success`(wire: OutboundWire)
        async throws
    {
        var chance = SeededBytes(seed: Self.seed)
        let current = Mutex<[UInt8]>([])

        try await RawPeer.answering({ _ in current.withLock { $0 } }) { peer in
            try await HostileAnswerTests.calling { call in
                for number in 0..<Self.cases {
                    let answer = chance.mutated(wire.answers)
                    current.withLock { $0 = answer }
                    let attempt = await wire.attempt(call, peer.url)
                    #expect(
                        !attempt.isTaken || (200..<300).contains(attempt.status ?? 0),
                        "\(wire) took answer \(number) of seed \(Self.seed): \(String(decoding: answer, as: UTF8.self))"
                    )
                }
                current.withLock { $0 = wire.answers[0] }
                var isTaken = false
                // A connection that the last answer left half open may be found out first.
                for _ in 0..<5 where !isTaken { isTaken = await wire.attempt(call, peer.url).isTaken }
                #expect(isTaken, "\(wire) is not whole any more after seed \(Self.seed)")
            }
        }
    }
}
