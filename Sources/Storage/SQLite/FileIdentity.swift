import CFileStatus

/// Which file a path leads to: another number means that the one that is open was deleted, moved or replaced.
struct FileIdentity: Equatable, Sendable {
    private let device: UInt64
    private let inode: UInt64

    init?(of path: String) {
        var (device, inode, bytes) = (UInt64(0), UInt64(0), Int64(0))
        guard cfs_status(path, &device, &inode, &bytes) == 0 else { return nil }
        self.device = device
        self.inode = inode
    }

    /// How long the file is; nil if there is none.
    static func bytes(of path: String) -> Int64? {
        var (device, inode, bytes) = (UInt64(0), UInt64(0), Int64(0))
        return cfs_status(path, &device, &inode, &bytes) == 0 ? bytes : nil
    }
}
