import GRDB

/// The store cannot take or answer something now, and nothing of it was done: for the caller a 503, to be tried again.
package enum StoreUnavailable: Error, Equatable, Sendable {
    /// More wait for the writer than the disk can take.
    case overloaded(waiting: Int)
    /// The disk, or the quota on it, is full.
    case full
    /// The disk fails to write.
    case unwritable(reason: String)
    /// The disk fails to read.
    case unreadable(reason: String)
    /// What is read is no database of ours any more.
    case damaged(reason: String)
    /// The database, or its write-ahead log, was deleted, moved or replaced while it was open.
    case replaced(path: String)
    /// A flush to disk failed. What the kernel says of its page cache after that proves nothing: this process must end.
    case flushFailed(reason: String)
    /// The process stops.
    case closed

    /// What an error means for the caller; nil if it is no trouble of the disk's or of the load.
    package init?(_ error: any Error) {
        switch error {
        case let error as StoreUnavailable: self = error
        case StoreError.closed: self = .closed
        case let error as DatabaseError: self.init(error)
        case _: return nil
        }
    }

    private init?(_ error: DatabaseError) {
        let reason = "\(error.resultCode): \(error.message ?? "no reason given")"
        switch error.extendedResultCode {
        case .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC: self = .flushFailed(reason: reason)
        case .SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ: self = .unreadable(reason: reason)
        case _:
            switch error.resultCode {
            case .SQLITE_FULL: self = .full
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(reason: reason)
            case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_NOMEM, .SQLITE_BUSY, .SQLITE_LOCKED,
                .SQLITE_PROTOCOL:
                self = .unwritable(reason: reason)
            case _: return nil
            }
        }
    }

    /// Whether the disk itself must be seen to, as opposed to a load that passes and a process that stops.
    package var isTrouble: Bool {
        switch self {
        case .overloaded, .closed: false
        case .full, .unwritable, .unreadable, .damaged, .replaced, .flushFailed: true
        }
    }

    /// For `/health/ready`: no path, and no word of a library's.
    package var summary: String {
        switch self {
        case .overloaded: "more changes wait than the disk can take"
        case .full: "the disk is full"
        case .unwritable: "the database cannot be written"
        case .unreadable: "the database cannot be read"
        case .damaged: "the database is damaged"
        case .replaced: "the database was deleted, moved or replaced while it was open"
        case .flushFailed: "a flush to disk failed"
        case .closed: "the process stops"
        }
    }
}

extension StoreUnavailable: CustomStringConvertible {
    /// For the log: what failed, and what to do.
    package var description: String {
        switch self {
        case .overloaded(let waiting): "\(waiting) changes are waiting to be written."
        case .full: "The disk of the database is full: make room. Nothing is accepted until then."
        case .unwritable(let reason):
            "The database cannot be written (\(reason)): look at the disk and the file's rights."
        case .unreadable(let reason): "The database cannot be read (\(reason)): look at the disk."
        case .damaged(let reason): "The database is damaged (\(reason)): stop, and restore a backup."
        case .replaced(let path):
            "\(path) was deleted, moved or replaced while it was open. Nothing is accepted any more. While this process "
                + "runs, its content is still in /proc/PID/fd: copy it from there, or put the file back."
        case .flushFailed(let reason):
            "A flush to disk failed (\(reason)). What was written may not be on the disk, whatever it says later; the "
                + "process ends, and what was acknowledged is recovered at the next start. Look at the disk first."
        case .closed: "The store is closed."
        }
    }
}
