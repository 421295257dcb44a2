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
    /// While the store fails, what is due stays due: it is looked at again after this.
    static let storePause: Duration = .seconds(1)

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
                switch await round() {
                case .none: try? await Task.sleep(for: Self.storePause)
                case 0: await exchange.pause(on: exchange.alarms)
                case _: continue
                }
            }
        }
    }

    /// Fires what is due now.
    ///
    /// - Returns: how many.
    package func step() async -> Int { await round() ?? 0 }

    // MARK: -

    /// - Returns: how many were due; nil if the store failed, and none of them is done with.
    private func round() async -> Int? {
        activity.began(.action)
        defer { activity.ended(.action) }
        let now = exchange.time.now()
        do {
            let due = try await exchange.store.read { try $0.dueTimers(at: now, limit: Self.batchMax) }
            let done = await withTaskGroup(of: Bool.self) { group in
                for timer in due { group.addTask { await fire(timer, at: now) } }
                return await group.reduce(into: 0) { done, isDone in if isDone { done += 1 } }
            }
            activity.firedTimers(done)
            return due.isEmpty || done > 0 ? due.count : nil
        } catch {
            logger.error("reading due timers failed", metadata: ["pb-error": "\(error)"])
            return nil
        }
    }

    /// - Returns: whether it fired, or is put off for a fault of ours.
    private func fire(_ timer: ArmedTimer, at now: Date) async -> Bool {
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
            return true
        } catch {
            logger.error("a timer failed", metadata: ["pb-timer": "\(timer.key)", "pb-error": "\(error)"])
            let later = now + Self.faultPause
            let putOff: Void? = try? await exchange.store.write { try $0.arm(timer.key, at: later) }
            return putOff != nil
        }
    }
}
