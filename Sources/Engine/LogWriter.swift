import Logging
import Metrics
import ServiceLifecycle
import Storage
import Synchronization

/// Writes down messages that changed nothing (reads, refusals), many in one commit, beside the requests (decision 6).
///
/// What changed something is logged in the commit of the change; of these, a second's worth may be lost at a kill. The
/// queue is bounded: when the disk is too slow for it, further ones are dropped, and counted.
package final class LogWriter: Service {
    /// A few seconds of the most that one process serves.
    static let waitingMax = 20_000
    /// Between two commits of it: under a stream of reads each would carry a handful of rows, and cost as much as a
    /// change. The first after a rest is written at once.
    static let pause: Duration = .milliseconds(25)

    private let store: any Store
    private let activity: Activity
    private let bell = Bell()
    private let waiting = Mutex<[LoggedMessage]>([])
    private let logger: Logger

    package init(store: any Store, activity: Activity, logger: Logger) {
        self.store = store
        self.activity = activity
        self.logger = logger
    }

    /// Takes a message; it is on disk a moment later.
    func add(_ message: LoggedMessage) {
        let isTaken = waiting.withLock { waiting in
            guard waiting.count < Self.waitingMax else { return false }
            waiting.append(message)
            return true
        }
        guard isTaken else { return Counter(label: "pb_log_dropped_total").increment() }
        // Open until it is written, so that whoever waits for "settled" finds it in the log.
        activity.began(.action)
        bell.ring()
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                await bell.wait()
                await flush()
                if waiting.withLock({ !$0.isEmpty }) { try? await Task.sleep(for: Self.pause) }
            }
            await flush()
        } onGracefulShutdown: {
            self.bell.ring()
        }
    }

    /// Writes all that waits, in one commit.
    private func flush() async {
        let batch = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        guard !batch.isEmpty else { return }
        defer { for _ in batch { activity.ended(.action) } }
        do {
            try await store.write { transaction in
                for message in batch { try transaction.log(message) }
            }
        } catch {
            Counter(label: "pb_log_dropped_total").increment(by: batch.count)
            logger.error(
                "messages could not be logged",
                metadata: ["pb-error": "\(error)", "pb-count": "\(batch.count)"]
            )
        }
    }
}
