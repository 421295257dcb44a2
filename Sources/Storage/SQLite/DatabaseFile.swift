import Glibc
import Synchronization

/// Where the database is, and the lock that keeps others off it.
final class DatabaseFile: Sendable {
    let path: String
    private let temporary: String?
    private let lock: Mutex<FileLock?>

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
        lock = Mutex(try FileLock(path: path + ".lock", database: path))
    }

    deinit { release() }

    /// Takes away what others may do with the database; a log that SQLite makes later has the database's own mode.
    func restrict() {
        for suffix in ["", "-wal", "-shm", ".lock"] { FileModes.restrict(file: path + suffix) }
    }

    /// Lets the next one in; a temporary database is gone.
    func release() {
        lock.withLock { $0 = nil }
        guard let temporary else { return }
        for suffix in ["", "-wal", "-shm", ".lock"] { unlink(path + suffix) }
        rmdir(temporary)
    }
}
