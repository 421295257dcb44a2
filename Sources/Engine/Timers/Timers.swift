import Domain
import FoundationEssentials
import Logging
import ServiceLifecycle
import Storage

/// Turns due timers into inputs, each in a commit of its own.
package struct Timers: Service {
    /// Timers looked at in one round.
    static let batchMax = 256
    /// A timer that cannot be fired for a fault of ours is looked at again after this, not in a tight loop.
    static let faultPause: Duration = .seconds(60)

    private let exchange: Exchange
    private let logger: Logger
    private var activity: Activity { exchange.activity }

    package init(exchange: Exchange, logger: Logger) {
        self.exchange = exchange
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await exchange.followClock()
                if await step() == 0 { await exchange.pause(on: exchange.alarms) }
            }
        }
    }

    /// Fires what is due now.
    ///
    /// - Returns: how many.
    package func step() async -> Int {
        activity.began(.action)
        defer { activity.ended(.action) }
        let now = exchange.time.now()
        do {
            let due = try await exchange.store.read { try $0.dueTimers(at: now, limit: Self.batchMax) }
            await withDiscardingTaskGroup { group in
                for timer in due { group.addTask { await fire(timer, at: now) } }
            }
            activity.firedTimers(due.count)
            return due.count
        } catch {
            logger.error("reading due timers failed", metadata: ["pb-error": "\(error)"])
            return 0
        }
    }

    // MARK: -

    private func fire(_ timer: ArmedTimer, at now: Date) async {
        do {
            try await exchange.change(Cause("timer \(timer.key.alarm)", by: "clock")) { change in
                // It may have been moved or disarmed since it was read.
                guard try change.storage.isArmed(timer.key, dueBy: now) else { return }
                try change.storage.disarm(timer.key)
                do {
                    try change.attempt { try $0.wake(timer.key) }
                } catch let refusal as Rejection {
                    // An alarm that its aggregate no longer wants: spent, and written down.
                    try change.note(refusal, of: timer.key.entity, cause: "timer \(timer.key.alarm)", by: "clock")
                }
            }
        } catch {
            logger.error("a timer failed", metadata: ["pb-timer": "\(timer.key)", "pb-error": "\(error)"])
            let later = now + Self.faultPause
            try? await exchange.store.write { try $0.arm(timer.key, at: later) }
        }
    }
}
