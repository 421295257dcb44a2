import Domain
import GRDB
import Synchronization

/// Connections that read one row on whichever thread asks: from the page cache that is some microseconds, a tenth of what
/// going to another thread and back costs. Where the disk must be asked the thread waits for it, as long as one page takes.
final class RowReaders: Sendable {
    /// As many as ask at the same time, as a rule: a thread for each connection's loop. More go to the pool.
    private static let count = 4

    private struct State {
        var idle: [DatabaseQueue] = []
        /// Those in use included.
        var open = 0
    }

    private let path: String
    private let state = Mutex(State())

    init(path: String) { self.path = path }

    /// What is committed of an aggregate; `nil` if there is no connection for it.
    func find<A: Aggregate>(_ id: ID<A>) throws -> AggregateCache.Entry? {
        guard let queue = take() else { return nil }
        defer { state.withLock { $0.idle.append(queue) } }
        return try queue.unsafeRead { try SQLiteTransaction(db: $0).stored(id) }
    }

    func close() throws {
        for queue in state.withLock({ $0.idle }) { try queue.close() }
    }

    /// Opened when so many are first needed at once: each keeps 150 KB.
    private func take() -> DatabaseQueue? {
        let (queue, opens): (DatabaseQueue?, Bool) = state.withLock { state in
            if let queue = state.idle.popLast() { return (queue, false) }
            guard state.open < Self.count else { return (nil, false) }
            state.open += 1
            return (nil, true)
        }
        guard opens else { return queue }
        let opened = try? open()
        if opened == nil { state.withLock { $0.open -= 1 } }
        return opened
    }

    private func open() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "pb-row"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
