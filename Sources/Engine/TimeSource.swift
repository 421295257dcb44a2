import FoundationEssentials
import Synchronization

/// The only clock. Hands out whole milliseconds, so that a date survives databases, JSON and XML unchanged.
///
/// Real or virtual is decided once, in `Assembly`; a virtual clock holds time, not work: what is due now runs at once
/// (decision 19). Network deadlines, leases and TLS validation are real time and don't ask this.
package struct TimeSource: Sendable {
    package let now: @Sendable () -> Date
    /// Whether time moves only when somebody moves it: then nothing sleeps until a due time, it waits to be rung.
    package let isVirtual: Bool
    /// How much time has passed since some moment, whatever the wall clock is set to: for how long a thing of another party's is
    /// used, such as its token. A virtual clock's own time, for what is got from a party that lives by it.
    package let elapsed: @Sendable () -> Duration

    /// - Parameter elapsed: `nil` for the clock's own time if it is virtual, else for the machine's that no one sets.
    package init(
        isVirtual: Bool,
        elapsed: (@Sendable () -> Duration)? = nil,
        now: @escaping @Sendable () -> Date
    ) {
        self.now = now
        self.isVirtual = isVirtual
        let start = ContinuousClock.now
        let ofTheMachine: @Sendable () -> Duration = { .now - start }
        let ofTheClock: @Sendable () -> Duration = { .milliseconds(now().millisecondsSince1970) }
        self.elapsed = elapsed ?? (isVirtual ? ofTheClock : ofTheMachine)
    }

    package static let real = TimeSource(isVirtual: false) { Date().wholeMilliseconds }
}

extension Date {
    /// The same moment, cut to the millisecond.
    package var wholeMilliseconds: Date {
        Date(timeIntervalSince1970: (timeIntervalSince1970 * 1_000).rounded(.down) / 1_000)
    }

    package var millisecondsSince1970: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }

    package init(millisecondsSince1970 milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }

    package static func + (date: Date, duration: Duration) -> Date {
        date.addingTimeInterval(duration.seconds)
    }
}

extension Duration {
    package var seconds: Double {
        let parts = components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }

    package var milliseconds: Int {
        let parts = components
        return Int(parts.seconds) * 1_000 + Int(parts.attoseconds / 1_000_000_000_000_000)
    }
}

/// A clock that somebody turns: the sandbox's controls, and tests.
package final class VirtualClock: Sendable {
    private let current: Mutex<Date>

    package init(startingAt start: Date) { current = Mutex(start.wholeMilliseconds) }

    package var now: Date { current.withLock { $0 } }

    /// Time never runs backwards: an earlier moment is ignored.
    package func move(to date: Date) {
        current.withLock { $0 = max($0, date.wholeMilliseconds) }
    }

    package var source: TimeSource { TimeSource(isVirtual: true) { self.now } }
}
