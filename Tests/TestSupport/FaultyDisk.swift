import CFaultyDisk
import Storage
import Synchronization

/// A disk that fails when a test says so. It stands in front of every database that is opened after ``install()``; only
/// those that a test names fail.
package enum FaultyDisk {
    package enum Fault: Int32, CaseIterable, Sendable {
        case full = 1
        case write = 2
        case read = 4
        case flush = 8
    }

    package struct NoRoom: Error {}

    private static let isInstalled: Bool = faulty_disk_install() == 0

    package static func install() throws {
        guard isInstalled else { throw NoRoom() }
    }

    /// Runs `body` while the files whose paths begin with `prefix` fail, or the one that has this path.
    @discardableResult
    package static func failing<Value>(
        _ fault: Fault,
        _ prefix: String,
        exactly: Bool = false,
        _ body: () async throws -> Value
    ) async throws -> Value {
        guard isInstalled, faulty_disk_set(prefix, fault.rawValue | (exactly ? 16 : 0)) == 0 else { throw NoRoom() }
        defer { _ = faulty_disk_set(prefix, 0) }
        return try await body()
    }
}

/// Notes what a store says of its disk.
package final class TroubleLog: Sendable {
    private let heard = Mutex<[StoreUnavailable?]>([])

    package init() {}

    package var all: [StoreUnavailable?] { heard.withLock { $0 } }

    /// Options under which a store tells this.
    package var options: SQLiteStore.Options {
        var options = SQLiteStore.Options()
        options.troubled = { [self] trouble in heard.withLock { $0.append(trouble) } }
        return options
    }
}
