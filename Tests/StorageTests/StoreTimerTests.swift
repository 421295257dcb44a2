import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

@Suite struct StoreTimerTests {
    @Test(arguments: TestDatabase.allCases)
    func `timers come due in the order of their times`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.write { transaction in
                try transaction.arm(Probe(1).timer(.bell), at: TestTime.seconds(20))
                try transaction.arm(Probe(2).timer(.bell), at: TestTime.seconds(10))
                try transaction.arm(Probe(3).timer(.bell), at: TestTime.seconds(30))
            }

            let due = try await store.write { try $0.dueTimers(at: TestTime.seconds(20), limit: 10) }
            #expect(due.map(\.key) == [Probe(2).timer(.bell), Probe(1).timer(.bell)])
            #expect(due.map(\.due) == [TestTime.seconds(10), TestTime.seconds(20)])
            #expect(try await store.write { try $0.dueTimers(at: TestTime.seconds(20), limit: 1) }.count == 1)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `armed again, a timer is moved, and disarmed it is gone`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let key = Probe(1).timer(.bell)
            try await store.write { try $0.arm(key, at: TestTime.seconds(10)) }
            try await store.write { try $0.arm(key, at: TestTime.seconds(50)) }

            #expect(try await store.write { try $0.dueTimers(at: TestTime.seconds(10), limit: 10) }.isEmpty)
            #expect(try await store.write { try $0.isArmed(key, dueBy: TestTime.seconds(49)) } == false)
            #expect(try await store.write { try $0.isArmed(key, dueBy: TestTime.seconds(50)) })
            #expect(try await store.read { try $0.nextDue() } == TestTime.seconds(50))
            try await store.write { try $0.disarm(key) }
            #expect(try await store.read { try $0.nextDue() } == nil)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a timer that was never armed can be disarmed`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.write { try $0.disarm(Probe(1).timer(.bell)) }

            #expect(try await store.write { try $0.isArmed(Probe(1).timer(.bell), dueBy: TestTime.start) } == false)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `the next due is the earlier of lane and timer, and due work is counted`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.write { transaction in
                try transaction.arm(Probe(1).timer(.bell), at: TestTime.seconds(5))
                _ = try transaction.enqueue(.probe("m-1", at: TestTime.seconds(7)), lease: nil)
            }

            #expect(try await store.read { try $0.nextDue() } == TestTime.seconds(5))
            let before = try await store.read { try $0.dueCount(at: TestTime.seconds(6)) }
            let after = try await store.read { try $0.dueCount(at: TestTime.seconds(7)) }
            #expect(before == DueCount(lanes: 0, timers: 1))
            #expect(after == DueCount(lanes: 1, timers: 1))
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what is in flight isn't due`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"))
            _ = try await store.claim()

            #expect(try await store.read { try $0.nextDue() } == nil)
            #expect(try await store.read { try $0.dueCount(at: TestTime.start) } == DueCount(lanes: 0, timers: 0))
        }
    }
}
