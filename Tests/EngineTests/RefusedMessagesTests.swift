import FoundationEssentials
import Logging
import Storage
import TestSupport
import Testing

@testable import Engine

/// Refused requests are written down so that somebody can say why, and fill no disk.
@Suite struct RefusedMessagesTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func `the body of a refused request is kept up to 2 KB, and above that its hash and length`() throws {
        let refusals = RefusedMessages(logger: Self.logger)
        let small = [UInt8](repeating: 0x61, count: RefusedMessages.bodyBytesMax)
        let large = small + [0x62]

        let kept = try #require(refusals.kept(.refused(small)))
        let hashed = try #require(refusals.kept(.refused(large)))

        #expect(kept.requestBody == small)
        #expect(hashed.requestBody == LoggedMessage.hashed(large))
        #expect(String(decoding: hashed.requestBody, as: UTF8.self).hasSuffix(", 2049 bytes"))
    }

    @Test func `a message that was taken is kept whole, and so is one of ours`() {
        let refusals = RefusedMessages(logger: Self.logger)
        let body = [UInt8](repeating: 0x61, count: 60_000)
        var taken = LoggedMessage.refused(body)
        (taken.verdict, taken.status) = ("accepted", 201)
        var outbound = LoggedMessage.refused(body)
        outbound.direction = .outbound

        #expect(refusals.kept(taken) == taken)
        #expect(refusals.kept(outbound) == outbound)
    }

    @Test(arguments: [
        ("refused: MALFORMED_REQUEST: no JSON", 400), ("refused: -32602 Invalid params", 200),
        ("a remark; refused: -32001 Unknown job", 200), ("answered", 404),
    ])
    func `in every contract a refusal is one`(verdict: String, status: Int) {
        var message = LoggedMessage.refused([UInt8](repeating: 0x61, count: 3_000))
        (message.verdict, message.status) = (verdict, status)

        #expect(RefusedMessages(logger: Self.logger).kept(message)?.requestBody.count ?? 0 < 100)
    }

    @Test func `a party that has used up its share is no longer written down, another is, and it regains its share`() {
        let clock = SteppedClock()
        let refusals = RefusedMessages(logger: Self.logger, now: { clock.now })
        let message = LoggedMessage.refused([UInt8](repeating: 0x61, count: 2_000), from: "tenant/A")

        var count = 0
        while count < 1_000_000, refusals.kept(message) != nil { count += 1 }

        #expect((5_000...7_000).contains(count), "some thousand")
        #expect(refusals.kept(.refused([], from: "tenant/B")) != nil)
        clock.advance(by: .seconds(60))
        #expect(refusals.kept(message) != nil)
        clock.advance(by: .seconds(36_000))
        var again = 0
        while again < 1_000_000, refusals.kept(message) != nil { again += 1 }
        #expect(again == count, "never more than its share at once")
    }

    @Test func `a verdict of very many problems is cut`() throws {
        var message = LoggedMessage.refused([])
        message.verdict = "refused: " + String(repeating: "problem ", count: 100_000)

        let kept = try #require(RefusedMessages(logger: Self.logger).kept(message))

        #expect(kept.verdict.count == RefusedMessages.verdictCharactersMax + 1)
    }

    @Test(arguments: TestDatabase.allCases)
    func `the message log has what is kept`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store)

            try await bench.exchange.log(.refused([UInt8](repeating: 0x61, count: 3_000)))

            let logged = try await store.read { try $0.messages(after: 0, limit: 10) }
            #expect(logged.map(\.requestBody) == [LoggedMessage.hashed([UInt8](repeating: 0x61, count: 3_000))])
        }
    }
}

extension LoggedMessage {
    fileprivate static func refused(_ body: [UInt8], from party: String = "tenant/A") -> LoggedMessage {
        LoggedMessage(
            at: TestTime.start,
            direction: .inbound,
            from: party,
            to: "gateway",
            contract: "tenant",
            operation: "POST /v1/service-orders",
            status: 400,
            requestBody: body,
            verdict: "refused: MALFORMED_REQUEST"
        )
    }
}
