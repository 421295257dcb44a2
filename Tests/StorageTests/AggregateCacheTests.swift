import Domain
import TestSupport
import Testing

@testable import Storage

/// What the cache answers is what was committed last, whoever reads and whatever was undone.
@Suite struct AggregateCacheTests {
    // MARK: Through a store

    @Test(arguments: TestDatabase.allCases)
    func `what is found by its number is what was committed last`(database: TestDatabase) async throws {
        try await database.withStore { store in
            #expect(try await store.find(ID<Probe>(1)) == nil)
            try await store.save(Probe(1))
            #expect(try await store.find(ID<Probe>(1)) == Probe(1))
            try await store.save(Self.probe(1, "changed"))
            #expect(try await store.find(ID<Probe>(1)) == Self.probe(1, "changed"))
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a body sees what the bodies before it in its batch wrote, and a reader does not`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1))
            try await store.write { transaction in
                try transaction.save(Self.probe(1, "half"))
                #expect(try transaction.find(ID<Probe>(1)) == Self.probe(1, "half"))
            }
            #expect(try await store.find(ID<Probe>(1)) == Self.probe(1, "half"))
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what a body that failed wrote is found nowhere`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1))
            await #expect(throws: Refused.self) {
                try await store.write { transaction in
                    try transaction.save(Self.probe(1, "never"))
                    throw Refused()
                }
            }
            #expect(try await store.find(ID<Probe>(1)) == Probe(1))
            let seen = try await store.write { try $0.find(ID<Probe>(1)) }
            #expect(seen == Probe(1))
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `an attempt that failed leaves what was written before it`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let inside = try await store.write { transaction in
                try transaction.save(Self.probe(1, "before"))
                try? transaction.attempt {
                    try transaction.save(Self.probe(1, "undone"))
                    throw Refused()
                }
                return try transaction.find(ID<Probe>(1))
            }
            #expect(inside == Self.probe(1, "before"))
            #expect(try await store.find(ID<Probe>(1)) == Self.probe(1, "before"))
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `nothing is found after a wipe`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.save(Probe(1), Probe(2))
            try await store.write { transaction in
                try transaction.wipe()
                #expect(try transaction.find(ID<Probe>(1)) == nil)
                try transaction.save(Self.probe(2, "new"))
            }
            #expect(try await store.find(ID<Probe>(1)) == nil)
            #expect(try await store.find(ID<Probe>(2)) == Self.probe(2, "new"))
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `readers beside a writer never find an older state than one found before`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.save(Self.probe(1, "0"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var latest = 0
                        while latest < 300 {
                            let found = try #require(try await store.find(ID<Probe>(1)))
                            let number = try #require(Int(found.note))
                            #expect(number >= latest)
                            latest = number
                            // What is known is found without a wait: somebody else must have a turn.
                            try await Task.sleep(for: .microseconds(50))
                        }
                    }
                }
                for number in 1...300 { try await store.save(Self.probe(1, "\(number)")) }
                try await group.waitForAll()
            }
        }
    }

    // MARK: Alone

    @Test func `it holds no more than it may, and what was used last stays`() {
        let cache = AggregateCache(bytesMax: 1_000)
        for number in Int64(1)...100 {
            cache.committed([Probe(number).ref: Self.entry(number, "")], isWiped: false)
            _ = cache.find(ID<Probe>(1))
        }
        let kept = (Int64(1)...100).filter { cache.find(ID<Probe>($0)) != nil }
        #expect(kept.count <= 12)
        #expect(kept.first == 1)
        #expect(kept.last == 100)
    }

    @Test func `an offer counts where nothing newer can have come`() {
        let cache = AggregateCache(bytesMax: 1_000)
        cache.offer(Self.entry(1, "read"), since: cache.drops)
        #expect(cache.find(ID<Probe>(1)) == Self.probe(1, "read"))
    }

    @Test func `an offer does not replace what was committed since its reader began`() {
        let cache = AggregateCache(bytesMax: 1_000)
        let began = cache.drops
        cache.committed([Probe(1).ref: Self.entry(1, "committed")], isWiped: false)
        cache.offer(Self.entry(1, "old"), since: began)
        #expect(cache.find(ID<Probe>(1)) == Self.probe(1, "committed"))
    }

    @Test func `an offer is too late once what was committed since may have been dropped`() {
        let cache = AggregateCache(bytesMax: 1_000)
        let began = cache.drops
        cache.committed([Probe(1).ref: Self.entry(1, "committed")], isWiped: false)
        for number in Int64(2)...40 { cache.committed([Probe(number).ref: Self.entry(number, "")], isWiped: false) }
        cache.offer(Self.entry(1, "old"), since: began)
        #expect(cache.find(ID<Probe>(1)) == nil)
    }

    @Test func `an offer is too late after something was undone`() {
        let cache = AggregateCache(bytesMax: 1_000)
        let began = cache.drops
        cache.committed([Probe(1).ref: nil], isWiped: false)
        cache.offer(Self.entry(1, "old"), since: began)
        #expect(cache.find(ID<Probe>(1)) == nil)
    }

    private static func probe(_ number: Int64, _ note: String) -> Probe {
        var probe = Probe(number)
        probe.note = note
        return probe
    }

    private static func entry(_ number: Int64, _ note: String) -> AggregateCache.Entry {
        AggregateCache.Entry(probe(number, note), bytes: 100)
    }
}

extension AggregateCache {
    fileprivate func find(_ id: ID<Probe>) -> Probe? {
        entry(EntityRef(kind: Probe.kind, number: id.number))?.aggregate as? Probe
    }
}
