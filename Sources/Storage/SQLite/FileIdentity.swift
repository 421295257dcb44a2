import Glibc

/// Which file a path leads to: another number means that the one that is open was deleted, moved or replaced.
struct FileIdentity: Equatable, Sendable {
    private let device: UInt
    private let inode: UInt

    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = status.st_dev
        inode = status.st_ino
    }
}
