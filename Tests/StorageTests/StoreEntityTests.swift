import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

/// Finding entities again: by number, lookup, owner and state.
@Suite struct StoreEntityTests {
    @Test(arguments: TestDatabase.allCases)
    func `an entity is replaced whole`(database: TestDatabase) async throws {
        try await database.withStore { store in
            var probe = Probe(7)
            try await store.save(probe)
            probe.stateName = "done"
            probe.note = "Ünïcode, \"quotes\" and a\nline"
            probe.updated = TestTime.seconds(1.234)
            try await store.save(probe)

            #expect(try await store.find(7) == probe)
            #expect(try await store.read { try $0.census(of: .serviceTest) } == ["done": 1])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what was never saved is absent`(database: TestDatabase) async throws {
        try await database.withStore { store async throws in
            #expect(try await store.find(1) == nil)
            #expect(try await store.read { try $0.census(of: .serviceTest) }.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `lookups find every entity that shares one, oldest first`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.save(Probe(3, lookup: "r-1"), Probe(1, lookup: "r-1"), Probe(2, lookup: "r-2"))

            let both = try await store.read { try $0.find(Probe.self, by: "reference", "r-1", limit: 10) }
            let one = try await store.read { try $0.find(Probe.self, by: "reference", "r-1", limit: 1) }
            let none = try await store.read { try $0.find(Probe.self, by: "other", "r-1", limit: 10) }
            #expect(both.map(\.id) == [ID(1), ID(3)])
            #expect(one.map(\.id) == [ID(1)])
            #expect(none.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `lookups are replaced with the entity`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1, lookup: "old"))
            try await store.save(Probe(1, lookup: "new"))

            #expect(try await store.read { try $0.find(Probe.self, by: "reference", "old", limit: 1) }.isEmpty)
            #expect(try await store.read { try $0.find(Probe.self, by: "reference", "new", limit: 1) }.count == 1)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a lookup that changes into its other canonical form is found by that form alone`(database: TestDatabase)
        async throws
    {
        try await database.withStore { store in
            try await store.save(Probe(1, lookup: "CAF\u{C9}"))
            try await store.save(Probe(1, lookup: "CAFE\u{301}"))

            let found = try await store.read { transaction in
                try ["CAF\u{C9}", "CAFE\u{301}"].map {
                    try transaction.find(Probe.self, by: "reference", $0, limit: 1).count
                }
            }
            #expect(found == [0, 1])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a unique value is refused to a second entity, by the key's name and not the value`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1, unique: "K1"))

            let refusal = await #expect(throws: Rejection.self) { try await store.save(Probe(2, unique: "K1")) }
            #expect(refusal?.code == .alreadyExists)
            #expect(refusal?.message.contains("reservationKey") == true)
            #expect(refusal?.message.contains("K1") == false)
            #expect(try await store.find(2) == nil)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a unique value stays the entity's own through every save, and is free when it lets go`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1, unique: "K1"))
            try await store.save(Probe(1, unique: "K1"))
            try await store.save(Probe(1))
            try await store.save(Probe(2, unique: "K1"))

            let holders = try await store.read { try $0.find(Probe.self, by: "reservationKey", "K1", limit: 10) }
            #expect(holders.map(\.id) == [ID(2)])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `of two that want a unique value at once, one gets it`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let won = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in Int64(1)...20 {
                    group.addTask {
                        do {
                            try await store.save(Probe(number, unique: "K1"))
                            return 1
                        } catch let rejection as Rejection where rejection.code == .alreadyExists {
                            return 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }

            #expect(won == 1)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a list is of one owner and one state, a page at a time`(database: TestDatabase) async throws {
        try await database.withStore { store in
            for number in Int64(1)...6 {
                var probe = Probe(number)
                probe.owner = Owner(number % 2 == 0 ? "tenant/A" : "tenant/B")
                probe.stateName = number > 4 ? "done" : "new"
                try await store.save(probe)
            }
            func numbers(_ owner: Owner?, _ state: String?, after: Int64 = 0, limit: Int = 10) async throws -> [Int64] {
                try await store.read {
                    try $0.list(Probe.self, of: owner, inState: state, after: after, limit: limit).map(\.id.number)
                }
            }

            #expect(try await numbers(nil, nil) == [1, 2, 3, 4, 5, 6])
            #expect(try await numbers(nil, nil, after: 2, limit: 2) == [3, 4])
            #expect(try await numbers("tenant/A", nil) == [2, 4, 6])
            #expect(try await numbers(nil, "done") == [5, 6])
            #expect(try await numbers("tenant/A", "new", after: 2) == [4])
            #expect(try await store.read { try $0.census(of: .serviceTest) } == ["new": 4, "done": 2])
        }
    }
}

extension Probe {
    init(_ number: Int64, lookup value: String) {
        self.init(number)
        lookups = [Lookup("reference", value)]
    }

    init(_ number: Int64, unique value: String) {
        self.init(number)
        lookups = [Lookup("reservationKey", value, isUnique: true)]
    }
}
