import Domain
import GRDB
import Synchronization

/// Connections that read one row on whichever thread asks: from the page cache that is some microseconds, a tenth of what
/// going to another thread and back costs. Where the disk must be asked the thread waits for it, as long as one page takes.
final class RowReaders: Sendable {
    /// As many as ask at the same time, as a rule: a thread for each connection's loop. More go to the pool.
    private static let count = 4

    private let idle: Mutex<[DatabaseQueue]>

    init(path: String) throws {
        var configuration = Configuration()
        configuration.label = "pb-row"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        idle = Mutex(try (0..<Self.count).map { _ in try DatabaseQueue(path: path, configuration: configuration) })
    }

    /// What is committed of an aggregate; `nil` if all connections are in use.
    func find<A: Aggregate>(_ id: ID<A>) throws -> AggregateCache.Entry? {
        guard let queue = idle.withLock({ $0.popLast() }) else { return nil }
        defer { idle.withLock { $0.append(queue) } }
        return try queue.unsafeRead { try SQLiteTransaction(db: $0).stored(id) }
    }

    func close() throws {
        for queue in idle.withLock({ $0 }) { try queue.close() }
    }
}
