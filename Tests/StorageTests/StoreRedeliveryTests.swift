import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

/// Messages that had ended are sent once more, and a tenant's are looked through.
@Suite struct StoreRedeliveryTests {
    @Test(arguments: TestDatabase.allCases)
    func `a parked row goes before those that were written after it`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"), .probe("m-2"), .probe("m-3"))
            let first = try #require(try await store.claim().first)
            #expect(try await store.conclude(first, with: .parked(attempt: .probe("400", status: 400))))

            #expect(try await store.write { try $0.requeue(first, at: TestTime.seconds(9)) })

            let next = try #require(try await store.claim(at: TestTime.seconds(9)).first)
            #expect(next.content.messageID == "m-1")
            #expect(next.requeued == .init(at: TestTime.seconds(9), attemptsBefore: 1))
            #expect(next.attempts == 1)
            #expect(next.firstAttempt == TestTime.start, "the moment of the first delivery stays")
            #expect(try await store.conclude(next, with: .delivered(attempt: .probe("delivered"))))
            #expect(try await store.claim(at: TestTime.seconds(9)).ids == ["m-2"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `one that is under way in the same lane is not disturbed, and its outcome is kept`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"), .probe("m-2"), .probe("m-3"))
            let first = try #require(try await store.claim().first)
            #expect(try await store.conclude(first, with: .parked(attempt: .probe("400", status: 400))))
            let second = try #require(try await store.claim().first)

            #expect(try await store.write { try $0.requeue(first, at: TestTime.start) })

            #expect(try await store.claim().isEmpty, "one is in flight")
            #expect(try await store.conclude(second, with: .delivered(attempt: .probe("delivered"))))
            let again = try #require(try await store.claim().first)
            #expect(again.content.messageID == "m-1")
            #expect(try await store.conclude(again, with: .delivered(attempt: .probe("delivered"))))
            #expect(try await store.claim().ids == ["m-3"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `whoever goes on in the lane finds the row that was put back first`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"), .probe("m-2"), .probe("m-3"))
            let first = try #require(try await store.claim().first)
            #expect(try await store.conclude(first, with: .parked(attempt: .probe("400", status: 400))))
            let second = try #require(try await store.claim().first)
            #expect(try await store.write { try $0.requeue(first, at: TestTime.start) })

            let onward = try await store.write { transaction in
                try transaction.conclude(
                    second,
                    lease: "L",
                    with: .delivered(attempt: .probe("delivered")),
                    at: TestTime.start,
                    onward: .lane
                )
            }

            guard case .done(let next?) = onward else {
                Issue.record("there is one to go on with")
                return
            }
            #expect(next.content.messageID == "m-1")
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `rows whose lane is gone are put back in their order`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"), .probe("m-2"))
            var rows: [OutboxRow] = []
            for _ in 0..<2 {
                let row = try #require(try await store.claim().first)
                #expect(try await store.conclude(row, with: .parked(attempt: .probe("400", status: 400))))
                rows.append(row)
            }

            for row in rows { #expect(try await store.write { try $0.requeue(row, at: TestTime.start) }) }

            for id in ["m-1", "m-2"] {
                let row = try #require(try await store.claim().first)
                #expect(row.content.messageID.rawValue == id)
                #expect(try await store.conclude(row, with: .delivered(attempt: .probe("delivered"))))
            }
            #expect(try await store.claim().isEmpty)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what waits for its retry is not put back, and what is put back does not wait for it`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"), .probe("m-2"))
            let first = try #require(try await store.claim().first)
            #expect(try await store.conclude(first, with: .parked(attempt: .probe("400", status: 400))))
            let second = try #require(try await store.claim().first)
            let later = TestTime.seconds(3_600)
            #expect(try await store.conclude(second, with: .retry(at: later, attempt: .probe("503", status: 503))))

            #expect(try await store.write { try $0.requeue(second, at: TestTime.start) } == false)
            #expect(try await store.claim().isEmpty, "it waits still")
            #expect(try await store.write { try $0.requeue(first, at: TestTime.start) })
            #expect(try await store.claim().ids == ["m-1"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what is postponed is no attempt, and its first is still to come`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"))
            let row = try #require(try await store.claim().first)

            #expect(try await store.conclude(row, with: .postponed(until: TestTime.seconds(10))))

            #expect(try await store.claim(at: TestTime.seconds(9)).isEmpty)
            let again = try #require(try await store.claim(at: TestTime.seconds(10)).first)
            #expect(again.attempts == 0)
            #expect(again.firstAttempt == TestTime.seconds(10))
            #expect(try await store.read { try $0.attempts(of: again.number) }.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a tenant's messages are found in their order, page by page, and nobody else's`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.enqueue(
                .probe("m-1"),
                .probe("theirs", to: .tenant(id: "B")),
                .probe("m-2", root: 2),
                .probe("m-3"),
                .probe("supplier's", to: .supplier(id: "A"))
            )

            let first = try await store.page(ParcelFilter(), after: 0, limit: 2)
            let second = try await store.page(ParcelFilter(), after: first.reached, limit: 2)

            #expect(first.rows.ids == ["m-1", "m-2"])
            #expect(!first.isEnd)
            #expect(second.rows.ids == ["m-3"])
            #expect(second.isEnd)
            #expect(try await store.page(ParcelFilter(), after: second.reached, limit: 2).rows.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `each part of a filter leaves out what it says`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"), .probe("m-2", root: 2), .probe("m-3", at: TestTime.seconds(60)))
            let row = try #require(try await store.claim().first)
            #expect(try await store.conclude(row, with: .parked(attempt: .probe("400", status: 400))))

            #expect(try await store.page(ParcelFilter(states: [.parked])).rows.ids == ["m-1"])
            #expect(try await store.page(ParcelFilter(states: [.queued])).rows.ids == ["m-2", "m-3"])
            #expect(try await store.page(ParcelFilter(kind: .serviceTest, entity: 2)).rows.ids == ["m-2"])
            #expect(try await store.page(ParcelFilter(kind: .serviceOrder)).rows.ids == [])
            #expect(try await store.page(ParcelFilter(bodyHas: Array("{".utf8))).rows.ids == ["m-1", "m-2", "m-3"])
            #expect(try await store.page(ParcelFilter(bodyHas: Array("{x".utf8))).rows.ids == [])
            #expect(try await store.page(ParcelFilter(from: TestTime.seconds(60))).rows.ids == ["m-3"])
            #expect(try await store.page(ParcelFilter(to: TestTime.seconds(60))).rows.ids == ["m-1", "m-2"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a message is found by its id, by its own tenant alone`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1"))

            #expect(try await store.read { try $0.parcel("m-1", to: "A") }?.content.messageID == "m-1")
            #expect(try await store.read { try $0.parcel("m-1", to: "B") } == nil)
            #expect(try await store.read { try $0.parcel("m-2", to: "A") } == nil)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what was given up before a row is of its own lane`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(
                .probe("m-1"),
                .probe("m-2"),
                .probe("m-3"),
                .probe("other", root: 2),
                .probe("m-4")
            )
            for row in try await store.claim() {
                #expect(try await store.conclude(row, with: .parked(attempt: .probe("400", status: 400))))
            }
            let second = try #require(try await store.claim().first)
            #expect(try await store.conclude(second, with: .expired(attempt: .probe("503", status: 503))))
            let third = try #require(try await store.claim().first)

            #expect(try await store.read { try $0.givenUp(before: third, limit: 10) }.ids == ["m-1", "m-2"])
            #expect(try await store.read { try $0.givenUp(before: second, limit: 10) }.ids == ["m-1"])
        }
    }
}

extension Store {
    fileprivate func page(_ filter: ParcelFilter, after: Int64 = 0, limit: Int = 100) async throws -> ParcelPage {
        try await read { try $0.parcels(to: "A", filter, after: after, limit: limit) }
    }
}
