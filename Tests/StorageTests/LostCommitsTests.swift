import Domain
import GRDB
import Glibc
import TestSupport
import Testing

@testable import Storage

/// A database that lacks what was acknowledged is not opened in silence; one that lacks nothing always is.
@Suite struct LostCommitsTests {
    @Test func `what a killed process leaves is opened, and everything acknowledged is there`() async throws {
        try await withKilled { place in
            let store = try place.open()
            #expect(try await store.find(5) == Probe(5))
            try await store.close()
        }
    }

    @Test(arguments: Damage.allCases)
    func `a database that lost commits is refused, with what is missing and what to do`(damage: Damage) async throws {
        try await withKilled { place in
            try damage.happen(to: place)
            let files = try (place.bytes(""), place.bytes("-wal"))

            let refusal = #expect(throws: LostCommits.self) { _ = try place.open() }

            #expect(refusal?.marked == 5)
            #expect(refusal?.finding == damage.finding)
            #expect(refusal?.description.contains("--accept-loss") == true)
            #expect(try place.bytes("") == files.0, "what is there stays as it is")
            #expect(try place.bytes("-wal") == files.1)
        }
    }

    @Test(arguments: Damage.allCases)
    func `a loss that is accepted is opened, and from then on usual`(damage: Damage) async throws {
        try await withKilled { place in
            try damage.happen(to: place)
            var options = SQLiteStore.Options()
            options.acceptsLoss = true
            let store = try SQLiteStore(.file(path: place.path), options: options)
            #expect(store.acceptedLoss?.marked == 5)
            try await store.save(Probe(77))
            try await store.close()

            let reopened = try place.open()
            #expect(try await reopened.find(77) == Probe(77))
            try await reopened.close()
        }
    }

    @Test func `wherever its write-ahead log is cut, a database starts with everything or not at all`() async throws {
        try await withKilled { place in
            let log = try place.bytes("-wal")
            for end in stride(from: 0, to: log.count, by: 1_021) {
                let copy = try place.copyAsKilled()
                try copy.write(Array(log[..<end]), to: "-wal")
                #expect(throws: LostCommits.self, "cut at \(end)") { _ = try copy.open() }
                copy.clear()
            }
        }
    }

    @Test func `a mark that lags is brought up to date, and one that is absent or torn is made anew`() async throws {
        try await withKilled { place in
            let mark = try #require(CommitMark.read(place.path + ".mark"))
            let earlier = CommitMark.bytes(of: .init(store: mark.store, commits: 2))
            for bytes in [earlier, [], Array(earlier.dropLast(9)), [0, 1, 2]] {
                try place.write(bytes, to: ".mark")
                try await place.open().close()
                #expect(CommitMark.read(place.path + ".mark") == mark)
            }
            place.remove(".mark")
            try await place.open().close()
            #expect(CommitMark.read(place.path + ".mark") == mark)
        }
    }

    @Test func `the mark never leads, and has each commit before its caller hears of it`() async throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        var options = SQLiteStore.Options()
        options.beforeCommit = { [path = place.path] in
            let marked = CommitMark.read(path + ".mark")?.commits
            let committed = try? DatabaseQueue(path: path).read { try CommitCounter.read($0) }
            #expect(marked == committed)
        }
        let store = try SQLiteStore(.file(path: place.path), options: options)
        for number in Int64(1)...5 {
            try await store.save(Probe(number))
            #expect(CommitMark.read(place.path + ".mark")?.commits == number)
        }
        _ = try await store.claim()
        #expect(CommitMark.read(place.path + ".mark")?.commits == 5, "it changed nothing")
        try await store.close()
    }

    @Test func `a database from before there were marks is opened`() async throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        let queue = try DatabaseQueue(path: place.path)
        try await queue.writeWithoutTransaction { db in
            try SQLiteMigrator.migrate(db, path: "", migrations: [.first, .redelivery])
        }
        try queue.close()

        let store = try place.open()
        try await store.save(Probe(1))
        try await store.close()
        #expect(CommitMark.read(place.path + ".mark")?.commits == 1)
    }

    @Test(arguments: ["", "-wal"])
    func `a file that is taken away while it is open is noticed at the next change, and its return as well`(
        suffix: String
    ) async throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        let log = TroubleLog()
        let store = try SQLiteStore(.file(path: place.path), options: log.options)
        try await store.save(Probe(1))
        let away = place.path + ".away"
        #expect(rename(place.path + suffix, away) == 0)

        await #expect(throws: StoreUnavailable.replaced(path: place.path)) { try await store.save(Probe(2)) }
        await #expect(throws: StoreUnavailable.replaced(path: place.path)) { try await store.probe() }
        #expect(rename(away, place.path + suffix) == 0)
        try await store.save(Probe(3))
        try await store.probe()

        #expect(log.all == [.replaced(path: place.path), nil])
        #expect(try await store.read { try $0.census(of: .serviceTest) } == ["new": 2])
        try await store.close()
    }

    /// What happened to a database of five commits while nobody looked.
    enum Damage: CaseIterable, Sendable {
        case logDeleted, logCut, logDamaged, emptied, deleted, another, older

        var finding: LostCommits.Finding {
            switch self {
            case .logDeleted: .shorter(commits: 0)
            case .logCut: .shorter(commits: 4)
            case .logDamaged: .shorter(commits: 2)
            case .emptied, .deleted: .absent
            case .another: .other
            case .older: .shorter(commits: 1)
            }
        }

        func happen(to place: TestPlace) throws {
            switch self {
            case .logDeleted: place.remove("-wal")
            case .logCut: try place.write(Array(try place.bytes("-wal").dropLast(100)), to: "-wal")
            case .logDamaged:
                var log = try place.bytes("-wal")
                log[log.count / 2] ^= 1
                try place.write(log, to: "-wal")
            case .emptied: try place.write([], to: "")
            case .deleted: place.remove("")
            case .another: try exchange(place) { try $0.execute(sql: "UPDATE storeIdentity SET id = 'another'") }
            case .older:
                try exchange(place) {
                    try $0.execute(sql: "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'patchbay.commits'")
                }
            }
        }

        private func exchange(_ place: TestPlace, _ change: (Database) throws -> Void) throws {
            let queue = try DatabaseQueue(path: place.path)
            try queue.writeWithoutTransaction(change)
            try queue.close()
        }
    }

    /// What is left of a store that was killed after five commits.
    private func withKilled(_ body: (TestPlace) async throws -> Void) async throws {
        try await TestDatabase.sqlite.withPlace { place in
            let store = try place.open()
            for number in Int64(1)...5 { try await store.save(Probe(number)) }
            let killed = try place.copyAsKilled()
            try await store.close()
            defer { killed.clear() }
            try await body(killed)
        }
    }
}
