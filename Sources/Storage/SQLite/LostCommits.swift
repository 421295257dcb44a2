import GRDB
import Glibc

/// What a database lacks that its mark says was there, in words for the people who start the program.
package struct LostCommits: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Finding: Equatable, Sendable {
        /// The file is absent or empty.
        case absent
        /// It is another database, or a copy from before there were marks.
        case other
        /// It ends earlier.
        case shorter(commits: Int64)
    }

    package let path: String
    package let finding: Finding
    /// Up to which commit callers were answered.
    package let marked: Int64

    package var description: String {
        "\(what) Put the right files back, database and write-ahead log together, or the last backup; or start with "
            + "--accept-loss to go on with what is there: what is missing is then lost for good."
    }

    private var what: String {
        switch finding {
        case .absent:
            "\(path) is missing or empty, but its mark (\(path).mark) says that \(marked) commits were acknowledged."
        case .other:
            "\(path) is another database than the one that its mark (\(path).mark) is about, or a copy from before there "
                + "were marks; \(marked) commits were acknowledged."
        case .shorter(let commits):
            "\(path) has lost commits that were acknowledged: it ends with commit \(commits), its mark (\(path).mark) says "
                + "\(marked), so \(marked - commits) are missing. Its write-ahead log (\(path)-wal) was deleted, cut or "
                + "damaged, or an older copy was put in its place."
        }
    }
}

extension LostCommits {
    /// Compares a database with its mark, and changes neither; nil if nothing is missing, or there is no mark.
    ///
    /// It reads on a connection that cannot write, so that what a person may want to look at stays as it is.
    static func find(at path: String, mark: CommitMark.Record?) throws -> LostCommits? {
        guard let mark else { return nil }
        func lost(_ finding: Finding) -> LostCommits {
            LostCommits(path: path, finding: finding, marked: mark.commits)
        }
        guard let bytes = FileIdentity.bytes(of: path), bytes > 0 else { return lost(.absent) }
        guard let found = try record(in: path), found.store == mark.store else { return lost(.other) }
        return found.commits < mark.commits ? lost(.shorter(commits: found.commits)) : nil
    }

    private static func record(in path: String) throws -> CommitMark.Record? {
        var configuration = Configuration()
        configuration.label = "pb-mark"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let record = try queue.read { db in try CommitMark.Record(of: db) }
            try queue.close()
            return record
        } catch {
            throw StoreError.cannotOpen(path: path, reason: StoreUnavailable(error)?.description ?? "\(error)")
        }
    }
}

extension CommitMark.Record {
    /// What a database says of itself; nil for one from before there were marks.
    init?(of db: Database) throws {
        guard try db.tableExists("storeIdentity"),
            let store = try String.fetchOne(db, sql: "SELECT id FROM storeIdentity"),
            let commits = try CommitCounter.read(db)
        else { return nil }
        self.init(store: store, commits: commits)
    }
}
