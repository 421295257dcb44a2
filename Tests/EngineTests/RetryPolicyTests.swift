import Foundation
import Testing

@testable import Engine

@Suite struct RetryPolicyTests {
    private static let start = Date(timeIntervalSince1970: 1_790_000_000)
    private let policy = RetryPolicy()

    /// G-078: 1 s, 5 s, 30 s, 2 m, 10 m, 30 m, then hourly.
    @Test(arguments: zip(1...8, [1.0, 5, 30, 120, 600, 1_800, 3_600, 3_600]))
    func `each failure waits as long as the schedule says`(attempt: Int, seconds: Double) throws {
        let next = policy.next(after: attempt, firstAttempt: Self.start, now: Self.start, fraction: 0, wanted: nil)
        #expect(next == Self.start.addingTimeInterval(seconds))
    }

    @Test func `jitter only lengthens a wait, by a tenth at most`() throws {
        let next = policy.next(after: 3, firstAttempt: Self.start, now: Self.start, fraction: 0.999, wanted: nil)
        let wait = try #require(next).timeIntervalSince(Self.start)
        #expect(wait > 30 && wait < 33)
    }

    @Test(arguments: [(1, Duration.seconds(90), 90.0), (4, .seconds(1), 120)])
    func `a recipient that asks for more time gets it, one that asks for less waits by the schedule`(
        attempt: Int,
        wanted: Duration,
        seconds: Double
    ) {
        let next = policy.next(
            after: attempt,
            firstAttempt: Self.start,
            now: Self.start,
            fraction: 0,
            wanted: wanted
        )
        #expect(next == Self.start.addingTimeInterval(seconds))
    }

    @Test func `after 72 hours a message expires`() {
        let now = Self.start.addingTimeInterval(72 * 3_600 - 3_600)
        #expect(policy.next(after: 80, firstAttempt: Self.start, now: now, fraction: 0, wanted: nil) == nil)
    }
}
