import Engine
import FoundationEssentials

/// Moments for tests, all in the past and none of anybody's.
package enum TestTime {
    /// 2025-03-03 09:00:00 UTC, a Monday.
    package static let start = Date(timeIntervalSince1970: 1_740_992_400)

    package static func seconds(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

    /// A clock that stands still until a test moves it.
    package static func clock() -> VirtualClock { VirtualClock(startingAt: start) }
}
