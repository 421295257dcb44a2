import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

/// What `write` promises of all of a body, or none.
@Suite struct StoreTransactionTests {
    @Test(arguments: TestDatabase.allCases)
    func `what a body did is there for the next`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1), Probe(2))

            #expect(try await store.find(1) == Probe(1))
            #expect(try await store.find(2) == Probe(2))
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a body that throws leaves nothing of what it did`(database: TestDatabase) async throws {
        try await database.withStore { store async throws in
            await #expect(throws: Refused.self) {
                try await store.write { transaction in
                    try transaction.save(Probe(1))
                    _ = try transaction.enqueue(.probe("m-1"), lease: nil)
                    try transaction.arm(Probe(1).timer(.bell), at: TestTime.start)
                    _ = try transaction.takeNumbers(of: "n", count: 5)
                    throw Refused()
                }
            }

            #expect(try await store.find(1) == nil)
            #expect(try await store.read { try $0.nextDue() } == nil)
            #expect(try await store.write { try $0.takeNumbers(of: "n", count: 1) } == 1..<2)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `an attempt that throws undoes itself and leaves the rest`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.write { transaction in
                try transaction.save(Probe(1))
                try transaction.attempt { try transaction.save(Probe(2)) }
                #expect(throws: Refused.self) {
                    try transaction.attempt {
                        try transaction.save(Probe(3))
                        try transaction.attempt { try transaction.save(Probe(4)) }
                        throw Refused()
                    }
                }
                try transaction.save(Probe(5))
            }

            let kept = try await store.read { try $0.list(Probe.self, of: nil, inState: nil, after: 0, limit: 10) }
            #expect(kept.map(\.id.number) == [1, 2, 5])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a body sees what it has itself written`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let found = try await store.write { transaction in
                try transaction.save(Probe(1))
                return try transaction.find(ID<Probe>(1))
            }

            #expect(found == Probe(1))
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `among 256 concurrent bodies those that throw undo only themselves`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let refused = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in Int64(1)...256 {
                    group.addTask {
                        do {
                            try await store.write { transaction in
                                try transaction.save(Probe(number))
                                guard number % 4 != 0 else { throw Refused() }
                            }
                            return 0
                        } catch is Refused {
                            return 1
                        }
                    }
                }
                return try await group.reduce(0, +)
            }

            #expect(refused == 64)
            let kept = try await store.read { try $0.list(Probe.self, of: nil, inState: nil, after: 0, limit: 500) }
            #expect(kept.count == 192)
            #expect(kept.allSatisfy { $0.id.number % 4 != 0 })
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `concurrent bodies that change the same entity lose no change`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...200 {
                    group.addTask {
                        try await store.write { transaction in
                            var probe = try #require(try transaction.find(ID<Probe>(1)))
                            probe.note += "+"
                            try transaction.save(probe)
                        }
                    }
                }
                try await group.waitForAll()
            }

            #expect(try await store.find(1)?.note.count == 200)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `no number of a counter is handed out twice`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let blocks = try await withThrowingTaskGroup(of: Range<Int64>.self) { group in
                for size in 1...100 {
                    group.addTask { try await store.write { try $0.takeNumbers(of: "order", count: size) } }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            let numbers = blocks.flatMap { Array($0) }
            #expect(Set(numbers) == Set(1...5050))
            #expect(numbers.count == 5050)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `counters are apart from one another`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let (first, second) = try await store.write { transaction in
                (try transaction.takeNumbers(of: "a", count: 10), try transaction.takeNumbers(of: "b", count: 10))
            }

            #expect(first == 1..<11)
            #expect(second == 1..<11)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a closed store takes nothing more`(database: TestDatabase) async throws {
        try await database.withPlace { place in
            let store = try place.open()
            try await store.close()

            await #expect(throws: StoreError.closed) { try await store.save(Probe(1)) }
            await #expect(throws: StoreError.closed) { _ = try await store.find(1) }
        }
    }
}
