import Glibc
import Logging
import Storage

/// What the program does about a disk that fails.
struct DiskTrouble: Sendable {
    /// `EX_IOERR` of sysexits.h.
    private static let exitCode: Int32 = 74

    let logger: Logger

    /// A limit on the size of files is an error of the write, as a full disk is; by default it would end the process.
    init(_ logger: Logger) {
        self.logger = logger
        signal(SIGXFSZ, SIG_IGN)
    }

    func open(_ database: String, acceptsLoss: Bool) throws -> SQLiteStore {
        var options = SQLiteStore.Options()
        options.acceptsLoss = acceptsLoss
        options.troubled = { [self] trouble in heed(trouble, of: database) }
        let store = try SQLiteStore(.file(path: database), options: options)
        if let loss = store.acceptedLoss {
            logger.warning("a loss of data is accepted", metadata: ["pb-text": "\(loss)"])
        }
        return store
    }

    func heed(_ trouble: StoreUnavailable?, of place: String) {
        guard let trouble else {
            return logger.notice("the store works again", metadata: ["pb-store": "\(place)"])
        }
        logger.critical("the store fails", metadata: ["pb-store": "\(place)", "pb-error": "\(trouble)"])
        guard case .flushFailed = trouble else { return }
        // At once: a caller that waits for an answer gets none, and no later word of the kernel is passed on.
        TerminalText.complain("patchbay: \(place): \(trouble)")
        _exit(Self.exitCode)
    }
}
