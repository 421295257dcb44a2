import Domain
import FoundationEssentials
import Logging
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Engine

@Suite struct HousekeepingTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test(arguments: TestDatabase.allCases)
    func `what is older than is kept goes, however much it is, and the rest stays`(database: TestDatabase) async throws
    {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store)
            try await bench.send(1, (0..<5).map { "old \($0)" })
            while await bench.delivery.step() > 0 {}
            try await store.write { transaction in
                for _ in 0..<(Housekeeping.bodiesMax * 2 + 1) { try transaction.log(.atStart) }
            }
            bench.clock.move(to: TestTime.start + .seconds(10 * 86_400))
            try await bench.send(2, ["new"])
            while await bench.delivery.step() > 0 {}
            bench.clock.move(to: TestTime.start + .seconds(11 * 86_400))

            let retention = Retention(messages: .seconds(5 * 86_400), parcels: .seconds(5 * 86_400))
            await Housekeeping(exchange: bench.exchange, retention: retention, logger: Self.logger).step()

            #expect(try await bench.rows(of: 1).isEmpty)
            #expect(try await bench.rows(of: 2).map(\.state) == [.delivered])
            #expect(try await store.read { try $0.messages(after: 0, limit: 10) }.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `answers that have expired go until none is left, and the others stay`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store)
            try await store.write { transaction in
                for number in 0..<(Housekeeping.batchMax * 2 + 1) {
                    try transaction.remember(.some, for: .numbered(number), until: TestTime.seconds(60))
                }
                try transaction.remember(.some, for: .numbered(-1), until: TestTime.seconds(120))
            }
            bench.clock.move(to: TestTime.seconds(61))

            await Housekeeping(exchange: bench.exchange, logger: Self.logger).step()

            let left = try await store.write { try $0.forgetAnswers(expiredAt: TestTime.seconds(120), limit: 10_000) }
            #expect(left == 1)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a write-ahead log that has grown too large is said once, and again when it grows anew`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            let alerts = RaisedAlerts()
            let exchange = Exchange(
                store: store,
                time: TestTime.clock().source,
                ids: .seeded(7),
                directory: Directory(),
                logger: alerts.logger
            ) { _, _, _, _ in Spelling(contentType: "", body: []) }
            let housekeeping = Housekeeping(exchange: exchange, logger: Self.logger)
            let most = Housekeeping.logBytesMax

            housekeeping.watchLog(bytes: most)
            #expect(alerts.kinds == [])
            for bytes in [most + 1, most + 1, most - 1, most + 1] { housekeeping.watchLog(bytes: bytes) }
            #expect(alerts.kinds == ["write-ahead-log-large"])
            for bytes in [0, most + 1] { housekeeping.watchLog(bytes: bytes) }
            #expect(alerts.kinds == ["write-ahead-log-large", "write-ahead-log-large"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a store that has a write-ahead log says how large it is`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let before = try #require(store.writeAheadLogBytes)
            try await store.write { transaction in
                for _ in 1...100 { try transaction.log(.atStart) }
            }

            #expect(try #require(store.writeAheadLogBytes) > before)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `without an age everything is kept`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store)
            try await bench.send(1, ["old"])
            while await bench.delivery.step() > 0 {}
            bench.clock.move(to: TestTime.start + .seconds(3_650 * 86_400))

            await Housekeeping(exchange: bench.exchange, logger: Self.logger).step()

            #expect(try await bench.rows(of: 1).count == 1)
        }
    }
}

extension LoggedMessage {
    fileprivate static let atStart = LoggedMessage(
        at: TestTime.start,
        direction: .inbound,
        from: "tenant/A",
        to: "gateway",
        contract: "tenant",
        operation: "GET /x"
    )
}

extension StoredAnswer {
    fileprivate static let some = StoredAnswer(status: 201, contentType: "application/json", body: [0x7B, 0x7D])
}

extension IdempotencyKey {
    fileprivate static func numbered(_ number: Int) -> IdempotencyKey {
        IdempotencyKey(scope: "tenant/A POST /x", key: "\(number)", bodyHash: "aa")
    }
}

/// The alerts that a log was told of.
private final class RaisedAlerts: Sendable {
    private struct Handler: LogHandler {
        let alerts: RaisedAlerts
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            guard let alert = event.metadata?["pb-alert"] else { return }
            alerts.heard.withLock { $0.append("\(alert)") }
        }
    }

    private let heard = Mutex<[String]>([])

    var kinds: [String] { heard.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(alerts: self) } }
}
