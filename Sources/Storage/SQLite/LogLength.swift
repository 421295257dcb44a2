import GRDB
import GRDBSQLite
import Synchronization

/// How long the write-ahead log is, as SQLite says after each commit.
///
/// It takes the place of SQLite's own automatic checkpoint, which passes over errors: a flush that fails there must be
/// noticed as any other.
final class LogLength: Sendable {
    private let written = Atomic<Int>(0)

    /// In pages of 4 KiB.
    var pages: Int { written.load(ordering: .relaxed) }

    /// Follows the commits of a connection, which must not outlive this.
    func follow(_ db: Database) {
        sqlite3_wal_hook(
            db.sqliteConnection,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<LogLength>.fromOpaque(context).takeUnretainedValue()
                    .written.store(Int(pages), ordering: .relaxed)
                return SQLITE_OK
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }
}
