import Dispatch
import Domain
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import Storage

/// One flush for many, and what happens when it fails.
@Suite struct GroupCommitterTests {
    @Test func `a caller resumes only after the flush`() async throws {
        try await withObservedStore { store, observed in
            try await store.write { transaction in
                try transaction.save(Probe(1))
                observed.note("body")
            }
            observed.note("resumed")

            #expect(observed.notes == ["body", "flush", "resumed"])
        }
    }

    @Test func `what waits shares a flush, 256 bodies at most`() async throws {
        try await withObservedStore { store, observed in
            try await store.gathered(300) { store, number in try await store.save(Probe(number)) }

            #expect(observed.sizes == [256, 44])
        }
    }

    @Test func `a body that changes nothing costs no flush`() async throws {
        try await withObservedStore { store, observed in
            _ = try await store.claim()

            #expect(observed.notes.isEmpty)
            #expect(observed.sizes.isEmpty)
        }
    }

    @Test func `a transaction that is lost fails every body of its batch`() async throws {
        try await withObservedStore { store, _ in
            let failures = Tally()
            try await store.gathered(20) { store, number in
                do {
                    try await store.write { transaction in
                        try transaction.save(Probe(number))
                        let lost = number == 10 ? (transaction as? SQLiteTransaction)?.db : nil
                        try lost?.execute(sql: "ROLLBACK")
                    }
                } catch is StoreError {
                    failures.add()
                }
            }

            #expect(failures.count == 20)
            #expect(try await store.read { try $0.census(of: .serviceTest) }.isEmpty)
            try await store.save(Probe(1))
            #expect(try await store.find(1) == Probe(1))
        }
    }

    @Test func `a full disk fails the batch, and the store works once there is space`() async throws {
        try await withObservedStore { store, _ in
            try await store.save(Probe(1))
            try await store.limit(toPages: 1)
            let large = Probe(2, lookup: String(repeating: "x", count: 500_000))

            await #expect(throws: StoreUnavailable.full) { try await store.save(large) }
            #expect(try await store.find(1) == Probe(1))
            #expect(try await store.find(2) == nil)
            try await store.limit(toPages: 1_000_000)
            try await store.save(large)
            #expect(try await store.find(2) == large)
        }
    }

    @Test func `more than may wait are refused, and those that wait are done`() async throws {
        var options = SQLiteStore.Options()
        options.waitingMax = 5
        let store = try SQLiteStore(.temporary, options: options)
        let refused = Tally()
        try await store.gathered(9, waiting: 5) { store, number in
            do {
                try await store.save(Probe(number))
            } catch StoreUnavailable.overloaded {
                refused.add()
            }
        }

        #expect(refused.count == 4)
        #expect(try await store.read { try $0.census(of: .serviceTest) } == ["new": 5])
        try await store.close()
    }

    @Test func `closing finishes what was accepted`() async throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        let store = try SQLiteStore(.file(path: place.path))
        let gate = Gate()
        async let held: Void = store.write { _ in gate.hold() }
        while !gate.isHeld { await Task.yield() }
        async let saved: Void = store.save(Probe(1))
        while store.waiting < 1 { await Task.yield() }
        async let closed: Void = store.close()
        gate.open()
        _ = try await (held, saved, closed)

        let reopened = try place.open()
        #expect(try await reopened.find(1) == Probe(1))
        try await reopened.close()
    }
}

private final class Tally: Sendable {
    private let state = Mutex(0)

    var count: Int { state.withLock { $0 } }
    func add() { state.withLock { $0 += 1 } }
}

/// What a store's hooks saw.
private final class Observed: Sendable {
    private let seen = Mutex((notes: [String](), sizes: [Int]()))

    var notes: [String] { seen.withLock { $0.notes } }
    var sizes: [Int] { seen.withLock { $0.sizes } }

    func note(_ text: String) { seen.withLock { $0.notes.append(text) } }
    func note(size: Int) { seen.withLock { $0.sizes.append(size) } }
}

private func withObservedStore(_ body: (SQLiteStore, Observed) async throws -> Void) async throws {
    let observed = Observed()
    var options = SQLiteStore.Options(observer: CommitObserver { size, _ in observed.note(size: size) })
    options.beforeCommit = { observed.note("flush") }
    let store = try SQLiteStore(.temporary, options: options)
    try await body(store, observed)
    try await store.close()
}

extension SQLiteStore {
    /// Holds the writer until all bodies wait for it, so that they come in full batches.
    fileprivate func gathered(
        _ count: Int64,
        waiting target: Int? = nil,
        _ work: @escaping @Sendable (SQLiteStore, Int64) async throws -> Void
    ) async throws {
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.write { _ in gate.hold() } }
            while !gate.isHeld { await Task.yield() }
            for number in 1...count {
                group.addTask {
                    defer { gate.finish() }
                    try await work(self, number)
                }
            }
            while self.waiting + gate.finished < Int(count) { await Task.yield() }
            #expect(self.waiting == target ?? Int(count))
            gate.open()
            try await group.waitForAll()
        }
    }
}

/// Holds the writer's queue.
private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let state = Mutex((isHeld: false, finished: 0))

    var isHeld: Bool { state.withLock { $0.isHeld } }
    /// How many bodies' callers have gone on.
    var finished: Int { state.withLock { $0.finished } }

    func hold() {
        state.withLock { $0.isHeld = true }
        semaphore.wait()
    }

    func finish() { state.withLock { $0.finished += 1 } }
    func open() { semaphore.signal() }
}
