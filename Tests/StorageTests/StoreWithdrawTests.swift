import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

/// What was never tried can be taken back (decision 10).
@Suite struct StoreWithdrawTests {
    @Test(arguments: TestDatabase.allCases)
    func `a message that nobody claimed is never carried`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let row = NewOutboxRow.probe("m-1")
            try await store.enqueue(row)

            let withdrawn = try await store.write { try $0.withdraw(of: row.entity, to: row.recipient) }

            #expect(withdrawn == 1)
            #expect(try await store.claim().isEmpty)
            #expect(try await store.read { try $0.parcels(of: row.entity, limit: 9) }.map(\.state) == [.withdrawn])
            #expect(try await store.read { try $0.nextDue() } == nil, "the lane is gone")
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a message that was claimed once stays`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let row = NewOutboxRow.probe("m-1")
            try await store.enqueue(row)
            _ = try await store.claim()

            let withdrawn = try await store.write { try $0.withdraw(of: row.entity, to: row.recipient) }

            #expect(withdrawn == 0)
            #expect(try await store.read { try $0.parcels(of: row.entity, limit: 9) }.map(\.state) == [.queued])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what waits behind one under way is taken back, and the lane goes on`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let (first, second, third) = (
                NewOutboxRow.probe("m-1"), NewOutboxRow.probe("m-2"), NewOutboxRow.probe("m-3")
            )
            try await store.enqueue(first, second)
            let claimed = try await store.claim()

            let withdrawn = try await store.write { try $0.withdraw(of: first.entity, to: first.recipient) }
            try await store.enqueue(third)
            for row in claimed {
                #expect(try await store.conclude(row, with: .delivered(attempt: .probe("delivered"))))
            }

            #expect(withdrawn == 1)
            #expect(claimed.ids == ["m-1"])
            #expect(try await store.claim().ids == ["m-3"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `other entities' messages and other recipients' stay`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let row = NewOutboxRow.probe("a-1", root: 1)
            let supplier = Recipient.supplier(id: "S")
            try await store.enqueue(row, .probe("b-1", root: 2), .probe("c-1", root: 1, to: supplier))

            _ = try await store.write { try $0.withdraw(of: row.entity, to: row.recipient) }

            #expect(try await store.claim().ids == ["b-1", "c-1"])
        }
    }
}
