import GRDB
import Synchronization

/// Numbers the commits of a store, in the commits themselves, and marks those that are durable, so that a lost one is
/// missed at the next start (ADR 20).
///
/// The number is in a row of `sqlite_sequence`, which SQLite lets a program write: every commit that logs a message or
/// sends one writes that page anyway.
final class CommitCounter: Sendable {
    /// No table has this name.
    static let name = "patchbay.commits"

    private let store: String
    private let last: Mutex<Int64>
    private let mark: CommitMark

    /// Goes on where the database ends, and says so in the mark.
    init(_ db: Database, mark: CommitMark) throws {
        guard let record = try CommitMark.Record(of: db) else { throw StoreError.foreignDatabase(path: "") }
        store = record.store
        last = Mutex(record.commits)
        self.mark = mark
        try mark.establish(record)
    }

    static func read(_ db: Database) throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [name])
    }

    /// Writes the next number, as part of the transaction under way.
    func number(_ db: Database) throws {
        let next = last.withLock { $0 + 1 }
        try db.run("UPDATE sqlite_sequence SET seq = ? WHERE name = '\(Self.name)'", .int(next))
    }

    /// That transaction was flushed: callers may be answered.
    func flushed() {
        let commits = last.withLock { last in
            last += 1
            return last
        }
        mark.write(CommitMark.Record(store: store, commits: commits))
    }
}
