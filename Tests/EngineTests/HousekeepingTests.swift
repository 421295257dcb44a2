import Domain
import FoundationEssentials
import Logging
import Storage
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
