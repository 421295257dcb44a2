import GRDB
import Synchronization

/// Moves what was committed from the write-ahead log into the database file, on a connection and a queue of its own:
/// inside a commit it would be the tail of somebody's latency.
///
/// It is passive: it never makes a writer or a reader wait. Under a load that never pauses it alone would never reach
/// the log's end, so that the log could not start over; the writer's own threshold, far above, sees to that, and then
/// finds most of the work done.
final class Checkpointer: Sendable {
    /// Rows changed between two runs: some 10 MB of log.
    static let changesBetween = 8_000

    private struct State {
        var changes = 0
        var isRunning = false
    }

    private let queue: DatabaseQueue
    private let health: StoreHealth
    private let state = Mutex(State())

    init(path: String, health: StoreHealth) throws {
        self.health = health
        var configuration = Configuration()
        configuration.label = "pb-checkpoint"
        configuration.busyMode = .timeout(5)
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    func noteCommit(changes: Int) {
        let starts = state.withLock { state in
            state.changes += changes
            guard state.changes >= Self.changesBetween, !state.isRunning else { return false }
            state.changes = 0
            state.isRunning = true
            return true
        }
        guard starts else { return }
        queue.asyncWriteWithoutTransaction { db in
            Self.run(.passive, in: db, self.health)
            self.state.withLock { $0.isRunning = false }
        }
    }

    func close() throws { try queue.close() }

    /// One that fails is made up for by the next; but no longer trusted is a disk on which a flush failed.
    static func run(_ kind: Database.CheckpointMode, in db: Database, _ health: StoreHealth) {
        do { _ = try db.checkpoint(kind) } catch {
            if case .flushFailed? = StoreUnavailable(error) { _ = health.noting(error) }
        }
    }
}
