import Glibc
import Synchronization

/// Where the database is, and the lock that keeps others off it.
final class DatabaseFile: Sendable {
    let path: String
    private let temporary: String?
    private let lock: Mutex<FileLock?>
    /// The database and its write-ahead log, as they were opened.
    private let opened = Mutex<Identities?>(nil)
    private let log: String

    private struct Identities: Equatable {
        let database: FileIdentity?
        let log: FileIdentity?
    }

    init(_ location: SQLiteStore.Location) throws {
        switch location {
        case .file(let path):
            self.path = path
            temporary = nil
        case .temporary:
            var template = Array("/tmp/patchbay-XXXXXX".utf8CString)
            guard let made = mkdtemp(&template) else {
                throw StoreError.cannotOpen(path: "/tmp", reason: String(cString: strerror(errno)))
            }
            let directory = String(cString: made)
            temporary = directory
            path = "\(directory)/store.sqlite"
        }
        log = path + "-wal"
        lock = Mutex(try FileLock(path: path + ".lock", database: path))
    }

    deinit { release() }

    /// Takes away what others may do with the database; a log that SQLite makes later has the database's own mode.
    func restrict() {
        for suffix in ["", "-wal", "-shm", ".lock", ".mark"] { FileModes.restrict(file: path + suffix) }
    }

    var mark: String { path + ".mark" }

    /// Both files are open from now on.
    func noteOpened() { opened.withLock { $0 = identities } }

    /// Whether the paths still lead to the files that are open: two system calls, some microseconds.
    var isInPlace: Bool { opened.withLock { $0 == identities } }

    private var identities: Identities {
        Identities(database: FileIdentity(of: path), log: FileIdentity(of: log))
    }

    /// Lets the next one in; a temporary database is gone.
    func release() {
        lock.withLock { $0 = nil }
        guard let temporary else { return }
        for suffix in ["", "-wal", "-shm", ".lock", ".mark"] { unlink(path + suffix) }
        rmdir(temporary)
    }
}
