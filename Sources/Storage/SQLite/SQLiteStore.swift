import Domain
import FoundationEssentials
import GRDB

/// The embedded store: one file, one writer that shares its flushes, readers beside it.
package final class SQLiteStore: Store {
    package enum Location: Sendable {
        case file(path: String)
        /// A new file that goes with the store: for tests.
        case temporary
    }

    package struct Options: Sendable {
        /// Bodies that may wait for the writer; more are refused with ``StoreUnavailable/overloaded(waiting:)``. At 10,000 a second's work of
        /// a fast disk is waiting, and whoever comes would have given up before it is his turn.
        package var waitingMax = 10_000
        /// The file's limit in pages of 4 KiB; `nil`: the disk's.
        package var pagesMax: Int?
        package var observer: CommitObserver
        /// Runs before each COMMIT that has something to flush: benchmarks let it sleep as long as a slower disk would.
        package var beforeCommit: @Sendable () -> Void = {}
        /// Pages of the write-ahead log at which the writer moves it into the file: 64 MB.
        package var logPagesMax = 16_000
        /// Whether a database is opened that lacks commits which were acknowledged (``LostCommits``).
        package var acceptsLoss = false
        /// Hears of each trouble with the disk, and with nil that it is over. After
        /// ``StoreUnavailable/flushFailed(reason:)`` the process must end.
        package var troubled: @Sendable (StoreUnavailable?) -> Void = { _ in }

        package init(observer: CommitObserver = .metrics()) { self.observer = observer }
    }

    private let pool: DatabasePool
    private let readers: RowReaders
    private let committer: GroupCommitter
    private let checkpointer: Checkpointer
    private let cache = AggregateCache()
    let file: DatabaseFile
    private let health: StoreHealth
    private let log: LogLength
    /// What was missing at the opening, and accepted.
    package let acceptedLoss: LostCommits?

    package var path: String { file.path }

    /// Opens the database, or makes it: migrated, durable beyond doubt, and this process's alone.
    package init(_ location: Location, options: Options = Options()) throws {
        file = try DatabaseFile(location)
        acceptedLoss = try LostCommits.find(at: file.path, mark: CommitMark.read(file.mark))
        if let acceptedLoss, !options.acceptsLoss { throw acceptedLoss }
        pool = try DatabasePool(path: file.path, configuration: Self.configuration)
        health = StoreHealth(changed: options.troubled)
        log = LogLength()
        let mark = try CommitMark(path: file.mark)
        let counter = try pool.writeWithoutTransaction { [file, health, log] db in
            try Self.makeDurable(db)
            try SQLiteMigrator.migrate(db, path: file.path)
            if let pagesMax = options.pagesMax { try db.execute(sql: "PRAGMA max_page_count = \(pagesMax)") }
            // What an earlier process left in the log is written and flushed anew: if a flush of its failed, what the
            // page cache says of the log proves nothing.
            Checkpointer.run(.truncate, in: db, health)
            if let end = health.end { throw end }
            log.follow(db)
            return try CommitCounter(db, mark: mark)
        }
        file.restrict()
        file.noteOpened()
        readers = RowReaders(path: file.path)
        checkpointer = try Checkpointer(path: file.path, health: health)
        committer = GroupCommitter(
            pool: pool,
            options: options,
            checkpointer: checkpointer,
            cache: cache,
            file: file,
            counter: counter,
            health: health,
            log: log
        )
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Value
    ) async throws -> Value {
        try requireInPlace()
        do {
            return try await pool.read { try body(SQLiteTransaction(db: $0)) }
        } catch {
            throw health.noting(error)
        }
    }

    package func find<A: Aggregate>(_ id: ID<A>) async throws -> A? {
        guard !committer.isClosed else { throw StoreError.closed }
        if let known = cache.entry(EntityRef(kind: A.kind, number: id.number)) { return known.aggregate as? A }
        let drops = cache.drops
        do {
            var found = try readers.find(id)
            if found == nil {
                try requireInPlace()
                found = try await pool.read { try SQLiteTransaction(db: $0).stored(id) }
            }
            guard let found else { return nil }
            cache.offer(found, since: drops)
            return found.aggregate as? A
        } catch {
            throw health.noting(error)
        }
    }

    /// A connection that is opened once the files are gone would make new ones in their place.
    private func requireInPlace() throws {
        guard !committer.isClosed else { throw StoreError.closed }
        guard file.isInPlace else { throw health.noting(StoreUnavailable.replaced(path: file.path)) }
    }

    /// Whether it can be read and written: a commit that was flushed within ``provenFor`` says so, else one is made.
    package func probe() async throws {
        _ = try await read { try $0.nextDue() }
        guard !health.isProven(within: Self.provenFor, at: .now) else { return }
        try await committer.write { transaction in
            _ = try transaction.db.run("UPDATE storeIdentity SET id = id")
        }
    }

    package func remembered<A: Aggregate>(_ id: ID<A>) -> A? {
        guard !committer.isClosed else { return nil }
        return cache.entry(EntityRef(kind: A.kind, number: id.number))?.aggregate as? A
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await committer.write(body)
    }

    package func change<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        let rehearsed = Rehearsed(body, on: cache)
        return try await committer.write { transaction in
            try rehearsed?.play(in: transaction) ?? body(transaction)
        }
    }

    /// As often as load balancers ask, as a rule; asked all the time it is a small commit in so many seconds.
    static let provenFor: Duration = .seconds(5)

    /// Bodies that wait for the writer: the first sign of a disk that cannot keep up.
    package var waiting: Int { committer.waiting }

    package func close() async throws {
        guard committer.close() else { return }
        // Queued behind what waits, on the writer's queue.
        try await pool.writeWithoutTransaction { [health] db in
            Checkpointer.run(.truncate, in: db, health)
        }
        try readers.close()
        try checkpointer.close()
        try pool.close()
        file.release()
    }
}

extension SQLiteStore {
    /// How the writer flushes, as SQLite itself says.
    package struct Durability: Equatable, Sendable {
        package let journalMode: String
        /// 2 is FULL.
        package let synchronous: Int

        package init(journalMode: String, synchronous: Int) {
            self.journalMode = journalMode
            self.synchronous = synchronous
        }
    }

    package func durability() async throws -> Durability {
        try await pool.writeWithoutTransaction { try Self.durability(of: $0) }
    }

    /// Lifts or sets the file's limit.
    func limit(toPages pagesMax: Int) async throws {
        try await pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA max_page_count = \(pagesMax)")
        }
    }

    /// GRDB's pool sets `synchronous = NORMAL` after its `prepareDatabase`: FULL must be set here, and is then read back.
    static func makeDurable(_ db: Database) throws {
        try db.execute(sql: "PRAGMA synchronous = FULL")
        // The writer does it itself, and sees what comes of it (``LogLength``).
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
        try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
        try db.execute(sql: "PRAGMA cache_size = -32768")
        // Else what a savepoint may have to undo is written to a temporary file: 150 KB a change, measured.
        try db.execute(sql: "PRAGMA temp_store = MEMORY")
        try assertDurable(db)
    }

    static func assertDurable(_ db: Database) throws {
        let durability = try durability(of: db)
        guard durability.journalMode == "wal" else {
            throw StoreError.notDurable(setting: "journal_mode", value: durability.journalMode)
        }
        guard durability.synchronous == 2 else {
            throw StoreError.notDurable(setting: "synchronous", value: String(durability.synchronous))
        }
    }

    private static func durability(of db: Database) throws -> Durability {
        Durability(
            journalMode: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "unknown",
            synchronous: try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
        )
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "pb-store"
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(5)
        return configuration
    }
}
