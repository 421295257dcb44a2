import Dispatch
import Domain
import FoundationEssentials
import Storage
import Synchronization
import TestSupport
import Testing

/// What `change` does beside the writer comes to the same as `write`.
@Suite struct StoreChangeTests {
    /// How often a body ran.
    private final class Runs: Sendable {
        private let value = Mutex(0)

        var count: Int { value.withLock { $0 } }

        func another() { value.withLock { $0 += 1 } }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a body that reads what is at hand runs once, and all that it wrote is there`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1))
            let runs = Runs()
            let claimed = Mutex<[OutboxRow?]>([])
            let key = IdempotencyKey(scope: "s", key: "k", bodyHash: "h")

            let note = try await store.change { transaction in
                runs.another()
                try transaction.addNote("+", to: 1)
                try transaction.save(Probe(2))
                _ = try #require(try transaction.find(ID<Probe>(2)))
                try transaction.arm(Probe(1).timer(.bell), at: TestTime.seconds(5))
                try transaction.enqueue(.probe("m-1"), lease: "mine") { row in claimed.withLock { $0.append(row) } }
                try transaction.enqueue(.probe("m-2"), lease: "mine") { row in claimed.withLock { $0.append(row) } }
                #expect(try transaction.answer(to: key, at: TestTime.start) == nil)
                try transaction.remember(.probe, for: key, until: TestTime.seconds(60))
                return try transaction.find(ID<Probe>(1))?.note
            }

            #expect(runs.count == 1)
            #expect(note == "+")
            #expect(try await store.find(1)?.note == "+")
            #expect(try await store.find(2) != nil)
            #expect(claimed.withLock { $0 }.map { $0?.content.messageID } == ["m-1", nil])
            let (due, answer) = try await store.read {
                (try $0.dueTimers(at: TestTime.seconds(5), limit: 9), try $0.answer(to: key, at: TestTime.start))
            }
            #expect(due.map(\.key) == [Probe(1).timer(.bell)])
            #expect(answer == .probe)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `changes of the same entity at the same time lose none`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...200 { group.addTask { try await store.change { try $0.addNote("+", to: 1) } } }
                try await group.waitForAll()
            }

            #expect(try await store.find(1)?.note.count == 200)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `the same key at the same time has one effect, and the same answer for all`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1))
            let key = IdempotencyKey(scope: "s", key: "k", bodyHash: "h")
            let repeats = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 1...50 {
                    group.addTask {
                        try await store.change { transaction in
                            if try transaction.answer(to: key, at: TestTime.start) != nil { return true }
                            try transaction.addNote("+", to: 1)
                            try transaction.remember(.probe, for: key, until: TestTime.seconds(60))
                            return false
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }

            #expect(repeats == 49)
            #expect(try await store.find(1)?.note == "+")
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what only the store knows is asked there, even by a body that makes do without it`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1))
            let count = try await store.change { transaction in
                let all = (try? transaction.list(Probe.self, of: nil, inState: nil, after: 0, limit: 10)) ?? []
                try transaction.addNote(String(all.count), to: 1)
                return all.count
            }
            let row = try await store.change { try $0.enqueue(.probe("m-1"), lease: "mine") }

            #expect(count == 1)
            #expect(try await store.find(1)?.note == "1")
            #expect(row?.content.messageID == "m-1")
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a body that throws leaves nothing, and so does one whose rows are refused`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store async throws in
            var held = Probe(1)
            held.lookups = [Lookup("name", "A", isUnique: true)]
            try await store.save(held)
            await #expect(throws: Refused.self) {
                try await store.change { transaction in
                    try transaction.addNote("+", to: 1)
                    throw Refused()
                }
            }
            await #expect(throws: Rejection.self) {
                try await store.change { transaction in
                    try transaction.addNote("+", to: 1)
                    var second = Probe(2)
                    second.lookups = [Lookup("name", "A", isUnique: true)]
                    try transaction.save(second)
                }
            }

            #expect(try await store.find(1)?.note == "")
            #expect(try await store.find(2) == nil)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a body whose reads are stale by its turn runs again on what is there`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1))
            let runs = Runs()
            let hasRead = DispatchSemaphore(value: 0)
            let (began, begins) = AsyncStream<Void>.makeStream()
            // The writer is at work on it until somebody has read it.
            async let first: Void = store.write { transaction in
                begins.yield()
                hasRead.wait()
                try transaction.addNote("first ", to: 1)
            }
            for await _ in began { break }
            try await store.change { transaction in
                runs.another()
                try transaction.addNote("second", to: 1)
                hasRead.signal()
            }
            try await first

            #expect(runs.count == 2)
            #expect(try await store.find(1)?.note == "first second")
        }
    }
}

extension Transaction {
    fileprivate func addNote(_ text: String, to number: Int64) throws {
        var probe = try #require(try find(ID<Probe>(number)))
        probe.note += text
        try save(probe)
    }
}

extension StoredAnswer {
    fileprivate static let probe = StoredAnswer(
        status: 201,
        contentType: "application/json",
        headers: [:],
        body: [],
        bodyHash: "h"
    )
}
