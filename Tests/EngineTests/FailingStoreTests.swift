import Domain
import Logging
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// The loops behind the product while the disk fails: they wait for it, and go on by themselves.
@Suite(.timeLimit(.minutes(5))) struct FailingStoreTests {
    @Test func `while the disk is full deliveries and timers wait, and go on once there is room`() async throws {
        try FaultyDisk.install()
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        let store = CountingStore(try place.open())
        let bench = DeliveryBench(store: store, isReal: true)
        let timers = Timers(exchange: bench.exchange, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await bench.send(1, ["a"])
        try await store.write { try $0.arm(TimerKey(entity: Sender(1).ref, alarm: "bell"), at: TestTime.start) }

        try await bench.delivering {
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await FaultyDisk.failing(.full, place.path) {
                    group.addTask { try await timers.run() }
                    let before = store.writes
                    try await Task.sleep(for: .milliseconds(500))
                    #expect(store.writes - before < 20, "nothing turns in a circle")
                }
                try await bench.until { try await bench.rows(of: 1).allSatisfy { $0.state == .delivered } }
                try await bench.until { try await store.read { try $0.backlog().timers } == 0 }
                group.cancelAll()
            }
        }
        try await store.close()
    }
}

/// Counts what is written, or tried to.
private final class CountingStore: Store {
    private let store: any Store
    private let count = Mutex(0)

    init(_ store: any Store) { self.store = store }

    var writes: Int { count.withLock { $0 } }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Value
    ) async throws -> Value { try await store.read(body) }

    func find<A: Aggregate>(_ id: ID<A>) async throws -> A? { try await store.find(id) }
    func remembered<A: Aggregate>(_ id: ID<A>) -> A? { store.remembered(id) }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        count.withLock { $0 += 1 }
        return try await store.write(body)
    }

    func change<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        count.withLock { $0 += 1 }
        return try await store.change(body)
    }

    func close() async throws { try await store.close() }
}
