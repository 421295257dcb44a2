import Engine
import FoundationEssentials
import Synchronization

/// Moments for tests, all in the past and none of anybody's.
package enum TestTime {
    /// 2025-03-03 09:00:00 UTC, a Monday.
    package static let start = Date(timeIntervalSince1970: 1_740_992_400)

    package static func seconds(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

    /// A clock that stands still until a test moves it.
    package static func clock() -> VirtualClock { VirtualClock(startingAt: start) }
}

/// Real time that stands still until a test moves it: for deadlines, breakers and limits.
package final class SteppedClock: Sendable {
    private let start = ContinuousClock.now
    private let passed = Mutex(Duration.zero)

    package init() {}

    package var now: ContinuousClock.Instant { start + passed.withLock { $0 } }

    package func advance(by duration: Duration) { passed.withLock { $0 += duration } }
}
