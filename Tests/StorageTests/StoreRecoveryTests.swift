import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

/// What the next process makes of leases that one that died has left.
@Suite struct StoreRecoveryTests {
    @Test func `a message under way at three deaths is parked, and those behind it go on`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            try await life(at: place) { store throws in
                try await store.enqueue(.probe("deadly"), .probe("behind"), .probe("other", root: 2))
                #expect(try await store.claim(lease: "1").ids == ["deadly", "other"])
            }
            try await life(at: place) { store throws in
                #expect(try await store.recover() == Recovery(parked: [], held: 0))
                let claimed = try await store.claim(lease: "2")
                #expect(claimed.ids == ["deadly", "other"])
                #expect(
                    try await store.conclude(claimed[1], lease: "2", with: .delivered(attempt: .probe("delivered")))
                )
            }
            try await life(at: place) { store throws in
                #expect(try await store.recover() == Recovery(parked: [], held: 1))
                #expect(try await store.claim(lease: "3").ids == [], "it is held, to be delivered alone")
                #expect(try await store.claimHeld(lease: "3").map(\.content.messageID) == "deadly")
            }
            try await life(at: place) { store throws in
                let recovery = try await store.recover()
                #expect(recovery.parked.ids == ["deadly"])
                #expect(recovery.held == 0)
                #expect(try await store.claim(lease: "4").ids == ["behind"])
                let rows = try await store.rows()
                #expect(rows.first?.state == .parked)
                let attempts = try await store.read { try $0.attempts(of: rows[0].number) }
                #expect(attempts.last?.outcome.contains("3 times") == true)
            }
        }
    }

    @Test func `of those that were under way together only the one that was delivered alone is blamed`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            try await life(at: place) { store throws in
                try await store.enqueue(.probe("a", root: 1), .probe("b", root: 2), .probe("c", root: 3))
                #expect(try await store.claim(lease: "1").count == 3)
            }
            try await life(at: place) { store throws in
                _ = try await store.recover()
                #expect(try await store.claim(lease: "2").count == 3)
            }
            try await life(at: place) { store throws in
                #expect(try await store.recover().held == 3)
                let first = try #require(try await store.claimHeld(lease: "3"))
                #expect(try await store.conclude(first, lease: "3", with: .delivered(attempt: .probe("delivered"))))
                #expect(try await store.claimHeld(lease: "3").map(\.content.messageID) == "b")
            }
            try await life(at: place) { store throws in
                let recovery = try await store.recover()
                #expect(recovery.parked.ids == ["b"])
                #expect(recovery.held == 1)
                #expect(try await store.claimHeld(lease: "4").map(\.content.messageID) == "c")
                #expect(try await store.claimHeld(lease: "4") == nil)
            }
        }
    }

    @Test func `an attempt that ended, well or badly, clears a message of earlier deaths`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            try await life(at: place) { store throws in
                try await store.enqueue(.probe("m-1"))
                _ = try await store.claim(lease: "0")
            }
            for number in 1...6 {
                try await life(at: place) { store throws in
                    #expect(try await store.recover() == Recovery(parked: [], held: 0))
                    let row = try #require(try await store.claim(lease: "\(number)").first)
                    let retry = Conclusion.retry(at: TestTime.start, attempt: .probe("503", status: 503))
                    #expect(try await store.conclude(row, lease: "\(number)", with: retry))
                    #expect(try await store.claim(lease: "\(number)").count == 1)
                }
            }
        }
    }

    @Test func `a process that stops as it should is no death`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            try await life(at: place) { store in try await store.enqueue(.probe("m-1")) }
            for number in 1...5 {
                try await life(at: place) { store throws in
                    #expect(try await store.recover() == Recovery(parked: [], held: 0))
                    #expect(try await store.claim(lease: "\(number)").count == 1)
                    try await store.write { try $0.releaseLeases() }
                }
            }
        }
    }

    @Test func `held messages outlast a stop, and one that was parked begins anew when it is sent once more`()
        async throws
    {
        try await TestDatabase.sqlite.withPlace { place in
            try await life(at: place) { store in try await store.enqueue(.probe("m-1")) }
            for number in 1...2 {
                try await life(at: place) { store throws in
                    _ = try await store.recover()
                    #expect(try await store.claim(lease: "\(number)").count == 1)
                }
            }
            try await life(at: place) { store throws in
                #expect(try await store.recover().held == 1)
                try await store.write { try $0.releaseLeases() }
            }
            try await life(at: place) { store throws in
                #expect(try await store.recover().held == 1)
                #expect(try await store.claimHeld(lease: "4") != nil)
            }
            try await life(at: place) { store throws in
                let parked = try #require(try await store.recover().parked.first)
                #expect(try await store.write { try $0.requeue(parked, at: TestTime.start) })
                #expect(try await store.claim(lease: "5").count == 1)
            }
            try await life(at: place) { store throws in
                #expect(try await store.recover() == Recovery(parked: [], held: 0))
            }
        }
    }

    /// One process, which leaves its leases as a killed one does.
    private func life(at place: TestPlace, _ body: (any Store) async throws -> Void) async throws {
        let store = try place.open()
        try await body(store)
        try await store.close()
    }
}

extension Store {
    fileprivate func recover() async throws -> Recovery { try await write { try $0.recoverLeases(at: TestTime.start) } }

    fileprivate func claimHeld(lease: String) async throws -> OutboxRow? {
        try await write { try $0.claimHeld(lease: lease, at: TestTime.start) }
    }

    fileprivate func rows() async throws -> [OutboxRow] {
        try await read { try $0.parcels(of: EntityRef(kind: .serviceTest, number: 1), limit: 100) }
    }
}
