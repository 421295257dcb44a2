import FoundationEssentials
import Synchronization

/// Notices when the wall clock is set: what it says has moved by more, or by less, than the time that has passed.
///
/// Times are kept as moments of the wall clock. A clock that is set back by an hour would make each short wait an hour longer.
package final class ClockWatch: Sendable {
    /// What a clock is slewed by between two looks, a second apart, is far less.
    static let tolerance: Duration = .seconds(1)

    /// How the clock was set.
    package struct Step: Equatable, Sendable {
        /// Below zero: back.
        package let by: Duration
        /// The earlier of the moments before and after it.
        package let from: Date
    }

    private struct Look {
        var wall: Date
        var monotonic: ContinuousClock.Instant
    }

    private let time: TimeSource
    private let monotonic: @Sendable () -> ContinuousClock.Instant
    private let last: Mutex<Look>

    package init(time: TimeSource, monotonic: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.time = time
        self.monotonic = monotonic
        last = Mutex(Look(wall: time.now(), monotonic: monotonic()))
    }

    /// How the clock was set since the last look; each step is told once.
    package func look() -> Step? {
        // A virtual clock is turned on purpose.
        guard !time.isVirtual else { return nil }
        return last.withLock { last in
            let now = Look(wall: time.now(), monotonic: monotonic())
            let expected = last.wall + (now.monotonic - last.monotonic)
            last = now
            let step = Duration.milliseconds(Int64((now.wall.timeIntervalSince(expected) * 1_000).rounded()))
            guard step.magnitude > Self.tolerance else { return nil }
            return Step(by: step, from: min(expected, now.wall))
        }
    }

    /// What follows from a step could not be done: the next look finds it again.
    package func forget(_ step: Step) {
        last.withLock { $0.wall = $0.wall - step.by }
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}

extension Date {
    fileprivate static func - (date: Date, duration: Duration) -> Date { date.addingTimeInterval(-duration.seconds) }
}
