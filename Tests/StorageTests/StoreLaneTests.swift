import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

/// Lanes: per recipient and root entity in order, one in flight.
@Suite struct StoreLaneTests {
    @Test(arguments: TestDatabase.allCases)
    func `a claimed row is as it was enqueued, and its first attempt has its time`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1", body: "spelt"))

            let row = try #require(try await store.claim(at: TestTime.seconds(5)).first)
            #expect(row.content == .probe("m-1", body: "spelt"))
            #expect(row.state == .queued)
            #expect(row.attempts == 0)
            #expect(row.firstAttempt == TestTime.seconds(5))
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a lane gives its rows in order, one at a time`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"), .probe("m-2"), .probe("m-3"))
            var delivered: [String] = []
            for _ in 1...3 {
                let claimed = try await store.claim()
                #expect(claimed.count == 1)
                #expect(try await store.claim(lease: "other").isEmpty)
                delivered += claimed.ids
                for row in claimed {
                    #expect(try await store.conclude(row, with: .delivered(attempt: .probe("delivered"))))
                }
            }

            #expect(delivered == ["m-1", "m-2", "m-3"])
            #expect(try await store.claim().isEmpty)
            #expect(try await store.read { try $0.backlog() }.queued == 0)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `entities and recipients don't wait for one another`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(
                .probe("a-1", root: 1),
                .probe("a-2", root: 1),
                .probe("b-1", root: 2),
                .probe("c-1", root: 1, to: .supplier(id: "S"))
            )

            #expect(try await store.claim().ids == ["a-1", "b-1", "c-1"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a claim takes the earliest due, as many as there is room for`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.enqueue(
                .probe("late", root: 1, at: TestTime.seconds(3)),
                .probe("early", root: 2, at: TestTime.seconds(1)),
                .probe("middle", root: 3, at: TestTime.seconds(2)),
                .probe("busy", root: 4, to: .desk, at: TestTime.start),
                .probe("not yet", root: 5, at: TestTime.seconds(60))
            )

            let room = Room(total: 2, perRecipient: 2, underWay: [.desk: 2])
            #expect(try await store.claim(at: TestTime.seconds(4), room: room).ids == ["early", "middle"])
            #expect(try await store.claim(at: TestTime.seconds(4), room: Room(total: 0)).isEmpty)
            #expect(try await store.claim(at: TestTime.seconds(4)).ids == ["busy", "late"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `without the lease nothing is concluded and nothing changes`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"))
            let row = try #require(try await store.claim(lease: "mine").first)

            #expect(try await store.conclude(row, lease: "theirs", with: .parked(attempt: .probe("no"))) == false)
            #expect(try await store.parcels().map(\.state) == [.queued])
            #expect(try await store.conclude(row, lease: "mine", with: .delivered(attempt: .probe("delivered"))))
            #expect(try await store.conclude(row, lease: "mine", with: .delivered(attempt: .probe("again"))) == false)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a lease that was freed is held no more`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"))
            let row = try #require(try await store.claim(lease: "old").first)
            try await store.write { try $0.releaseLeases() }

            #expect(try await store.conclude(row, lease: "old", with: .delivered(attempt: .probe("late"))) == false)
            #expect(try await store.claim(lease: "new").ids == ["m-1"])
            #expect(try await store.conclude(row, lease: "old", with: .delivered(attempt: .probe("late"))) == false)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a retry holds its lane until its time, whatever is enqueued meanwhile`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"))
            let row = try #require(try await store.claim().first)
            let later = TestTime.seconds(30)
            #expect(try await store.conclude(row, with: .retry(at: later, attempt: .probe("503", status: 503))))
            try await store.enqueue(.probe("m-2", at: TestTime.seconds(1)))

            #expect(try await store.claim(at: TestTime.seconds(29)).isEmpty)
            #expect(try await store.read { try $0.nextDue() } == later)
            let again = try #require(try await store.claim(at: later).first)
            #expect(again.content.messageID == "m-1")
            #expect(again.attempts == 1)
            #expect(again.firstAttempt == TestTime.start)
            #expect(again.lastError == "503")
        }
    }

    @Test(
        arguments: TestDatabase.allCases,
        [
            (Conclusion.parked(attempt: .probe("400: no", status: 400)), OutboxRow.State.parked),
            (.expired(attempt: .probe("no answer", status: nil)), .expired),
        ]
    )
    func `what is given up lets its lane go on, and stays for a person to find`(
        database: TestDatabase,
        end: (Conclusion, OutboxRow.State)
    ) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"), .probe("m-2"))
            let row = try #require(try await store.claim().first)
            #expect(try await store.conclude(row, with: end.0))

            #expect(try await store.claim().ids == ["m-2"])
            let kept = try #require(try await store.parcels().first)
            #expect(kept.state == end.1)
            #expect(kept.attempts == 1)
            #expect(kept.lastError != nil)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a lane that ran empty starts again`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"))
            let row = try #require(try await store.claim().first)
            #expect(try await store.conclude(row, with: .delivered(attempt: .probe("delivered"))))
            #expect(try await store.read { try $0.nextDue() } == nil)
            try await store.enqueue(.probe("m-2", at: TestTime.seconds(9)))

            #expect(try await store.read { try $0.nextDue() } == TestTime.seconds(9))
            #expect(try await store.claim(at: TestTime.seconds(9)).ids == ["m-2"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `every attempt is recorded beside its row`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"))
            let first = try #require(try await store.claim().first)
            let refused = Attempt.probe("503", status: 503)
            #expect(try await store.conclude(first, with: .retry(at: TestTime.seconds(1), attempt: refused)))
            let second = try #require(try await store.claim(at: TestTime.seconds(1)).first)
            #expect(try await store.conclude(second, with: .delivered(attempt: .probe("delivered"))))

            let attempts = try await store.read { try $0.attempts(of: first.number) }
            #expect(attempts == [refused, .probe("delivered")])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `the backlog counts what waits, and says how old it is`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(
                .probe("m-1", root: 1, at: TestTime.seconds(1)),
                .probe("m-2", root: 2, at: TestTime.seconds(2)),
                .probe("m-3", root: 3, at: TestTime.seconds(3))
            )
            let claimed = try await store.claim(at: TestTime.seconds(1))
            let row = try #require(claimed.first)
            #expect(try await store.conclude(row, with: .parked(attempt: .probe("no"))))

            let backlog = try await store.read { try $0.backlog() }
            #expect(backlog == Backlog(queued: 2, parked: 1, oldestQueued: TestTime.seconds(2), timers: 0))
            let due = try await store.read { try $0.dueCount(at: TestTime.seconds(2)) }
            #expect(due == DueCount(lanes: 1, timers: 0))
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a claim leaves no recipient more than its share`(database: TestDatabase) async throws {
        try await database.withStore { store in
            for root in Int64(1)...4 { try await store.enqueue(.probe("m-\(root)", root: root)) }
            try await store.enqueue(.probe("d-1", root: 5, to: .desk))

            let room = Room(total: 100, perRecipient: 3, underWay: [.tenant(id: "A"): 1])
            #expect(try await store.claim(room: room).ids == ["m-1", "m-2", "d-1"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a claim leaves no tenant more of a supplier than its share, and finds another's behind it`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            for root in Int64(1)...4 { try await store.enqueue(.order("a-\(root)", root: root, of: "tenant/A")) }
            try await store.enqueue(.order("b-1", root: 5, of: "tenant/B"))

            let key = InFlightKey(.supplier(id: "S"), share: "tenant/A")
            let room = Room(total: 100, perShare: 3, underWay: [key.recipient: 1], shares: [key: 1])
            #expect(try await store.claim(room: room).ids == ["a-1", "a-2", "b-1"])
            let full = Room(total: 100, perShare: 3, shares: [key: 3])
            #expect(try await store.claim(room: full).ids == [])
            #expect(try await store.claim().map(\.content.share) == ["tenant/A", "tenant/A"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `whoever delivers a tenant's message goes on with its message that waits longest, not with another's`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.enqueue(.order("b-1", root: 1, of: "tenant/B"), .order("a-1", root: 2, of: "tenant/A"))
            try await store.enqueue(.order("a-2", root: 2, of: "tenant/A"), .order("a-3", root: 3, of: "tenant/A"))
            let key = InFlightKey(.supplier(id: "S"), share: "tenant/B")
            let room = Room(total: 1, perShare: 1, shares: [key: 1])
            let first = try #require(try await store.claim(room: room).first)

            let next = try await store.write { transaction in
                try transaction.conclude(
                    first,
                    lease: "L",
                    with: .delivered(attempt: .probe("delivered")),
                    at: TestTime.seconds(1),
                    onward: .share
                )
            }

            #expect(first.content.messageID == "a-1")
            guard case .done(let row?) = next else { return #expect(Bool(false), "\(next)") }
            #expect(row.content.messageID == "a-3")
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what is leased behind a message that was given up is not gapless, and another lane is`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            let first = try await store.write { try $0.enqueue(.probe("m-1"), lease: "mine") }
            let given = Conclusion.parked(attempt: .probe("refused"))
            #expect(try await store.conclude(try #require(first), lease: "mine", with: given))

            let next = try await store.write { transaction in
                [
                    try transaction.enqueue(.probe("m-2"), lease: "mine"),
                    try transaction.enqueue(.probe("o-1", root: 2), lease: "mine"),
                ]
            }
            #expect(next.map { $0?.isGapless } == [false, true])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what is enqueued with a lease is claimed if its lane is idle, and only then`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            let rows = try await store.write { transaction in
                [
                    try transaction.enqueue(.probe("m-1", at: TestTime.seconds(3)), lease: "mine"),
                    try transaction.enqueue(.probe("m-2"), lease: "mine"),
                ]
            }

            let row = try #require(rows[0])
            #expect(rows[1] == nil)
            #expect(row.firstAttempt == TestTime.seconds(3))
            // Only who leases it so knows that nothing before it is missing.
            #expect(row.isGapless)
            var stored = row
            stored.isGapless = false
            #expect(try await store.parcels().first == stored)
            #expect(try await store.claim(at: TestTime.seconds(9)).isEmpty)
            #expect(try await store.conclude(row, lease: "theirs", with: .parked(attempt: .probe("no"))) == false)
            #expect(try await store.conclude(row, lease: "mine", with: .delivered(attempt: .probe("delivered"))))
            #expect(try await store.claim().ids == ["m-2"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `who concludes may go on with the next of the lane, under the same lease`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"), .probe("m-2"))
            let first = try #require(try await store.claim().first)
            func goOn(after row: OutboxRow) async throws -> Concluded {
                try await store.write { transaction in
                    let conclusion = Conclusion.delivered(attempt: .probe("delivered"))
                    let now = TestTime.seconds(7)
                    return try transaction.conclude(row, lease: "L", with: conclusion, at: now, onward: .lane)
                }
            }

            guard case .done(let next?) = try await goOn(after: first) else {
                Issue.record("there is no next row")
                return
            }
            #expect(next.content.messageID == "m-2")
            #expect(next.firstAttempt == TestTime.seconds(7))
            #expect(try await store.claim().isEmpty)
            #expect(try await goOn(after: first) == .lost)
            #expect(try await goOn(after: next) == .done(next: nil))
            #expect(try await store.read { try $0.nextDue() } == nil)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `who concludes may go on with the recipient's lane that waits longest`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1", root: 1), .probe("m-2", root: 1))
            let first = try #require(try await store.claim().first)
            try await store.enqueue(.probe("later", root: 3, at: TestTime.seconds(2)))
            try await store.enqueue(.probe("sooner", root: 2, at: TestTime.seconds(1)))
            try await store.enqueue(.probe("stranger's", root: 4, to: .house))
            func goOn(after row: OutboxRow) async throws -> OutboxRow? {
                let concluded = try await store.write { transaction in
                    let conclusion = Conclusion.delivered(attempt: .probe("delivered"))
                    let now = TestTime.seconds(7)
                    return try transaction.conclude(row, lease: "L", with: conclusion, at: now, onward: .recipient)
                }
                guard case .done(let next) = concluded else { return nil }
                return next
            }

            var carried = [first.content.messageID.rawValue]
            var next = try await goOn(after: first)
            while let row = next {
                carried.append(row.content.messageID.rawValue)
                next = try await goOn(after: row)
            }
            #expect(carried == ["m-1", "sooner", "later", "m-2"])
            #expect(try await store.claim(at: TestTime.seconds(7)).ids == ["stranger's"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a retry is not gone on from`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"), .probe("m-2"))
            let row = try #require(try await store.claim().first)
            let concluded = try await store.write { transaction in
                let conclusion = Conclusion.retry(at: TestTime.seconds(5), attempt: .probe("503", status: 503))
                return try transaction.conclude(row, lease: "L", with: conclusion, at: TestTime.start, onward: .lane)
            }

            #expect(concluded == .done(next: nil))
            #expect(try await store.claim(at: TestTime.seconds(5)).ids == ["m-1"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `many claim at once, and no row is claimed twice`(database: TestDatabase) async throws {
        try await database.withStore { store in
            for root in Int64(1)...100 { try await store.enqueue(.probe("m-\(root)", root: root)) }
            let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
                for worker in 1...10 {
                    group.addTask { try await store.claim(lease: "L\(worker)", room: Room(total: 17)).ids }
                }
                return try await group.reduce([], +)
            }

            #expect(claimed.count == 100)
            #expect(Set(claimed).count == 100)
        }
    }
}

extension Store {
    func parcels() async throws -> [OutboxRow] {
        try await read { try $0.parcels(of: EntityRef(kind: .serviceTest, number: 1), limit: 100) }
    }
}

extension NewOutboxRow {
    fileprivate static func order(_ id: String, root: Int64, of share: String) -> NewOutboxRow {
        var row = NewOutboxRow.probe(id, root: root, to: .supplier(id: "S"))
        row.share = share
        return row
    }
}
