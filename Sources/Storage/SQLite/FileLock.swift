import Glibc

/// Keeps a second process off a database: SQLite would let both write, and each would hand out the other's numbers.
///
/// The kernel holds it, so it is gone with the process, however that ends.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Locks `path`, a file beside the database that stays empty.
    init(path: String, database: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StoreError.inUse(path: database)
        }
    }

    deinit { close(descriptor) }

    /// Whether another has locked `path`; nothing is made or changed.
    static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }
}
