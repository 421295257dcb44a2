import Logging
import Synchronization

/// Lets so many log lines of a kind through in a second: what strangers can cause as often as they like must not fill the log.
///
/// A metric counts them all; the next line that is let through says how many were left out.
final class LogThrottle: Sendable {
    /// Enough to see who it is; a scan of the network does not crowd out everything else.
    static let linesPerSecond = 10

    private struct Second {
        var began: ContinuousClock.Instant
        var lines = 0
        var leftOut = 0
    }

    private let second: Mutex<Second>
    private let now: @Sendable () -> ContinuousClock.Instant

    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
        second = Mutex(Second(began: now()))
    }

    /// - Returns: how many lines were left out before this one; `nil`: this one is left out.
    func admit() -> Int? {
        let now = now()
        return second.withLock { second in
            if now - second.began >= .seconds(1) { (second.began, second.lines) = (now, 0) }
            guard second.lines < Self.linesPerSecond else {
                second.leftOut += 1
                return nil
            }
            second.lines += 1
            defer { second.leftOut = 0 }
            return second.leftOut
        }
    }
}

extension Logger {
    /// Logs at a bounded rate.
    func info(_ message: Logger.Message, by throttle: LogThrottle, metadata: Logger.Metadata) {
        guard let leftOut = throttle.admit() else { return }
        info(message, metadata: leftOut == 0 ? metadata : metadata.merging(["pb-left-out": "\(leftOut)"]) { $1 })
    }
}
