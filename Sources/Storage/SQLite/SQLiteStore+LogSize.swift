import Glibc

extension SQLiteStore {
    /// As the file system says. The file is as long as the log has been since it was last cut, so this says more than how much of
    /// it is in use: what the disk must have room for.
    package var writeAheadLogBytes: Int64? {
        let log = open(file.path + "-wal", O_RDONLY | O_CLOEXEC)
        guard log >= 0 else { return 0 }
        defer { Glibc.close(log) }
        return Int64(max(0, lseek(log, 0, SEEK_END)))
    }
}
