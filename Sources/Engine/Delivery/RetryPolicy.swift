import FoundationEssentials

/// When a failed delivery is tried again: 1 s, 5 s, 30 s, 2 min, 10 min, 30 min, then hourly to 72 h (G-078).
package struct RetryPolicy: Sendable {
    /// A blink, a restart, a deployment, and then whatever takes longer.
    static let schedule: [Duration] = [
        .seconds(1), .seconds(5), .seconds(30), .seconds(120), .seconds(600), .seconds(1_800),
    ]
    static let hourly: Duration = .seconds(3_600)
    /// A bank-holiday weekend; after it the message expires, and a person must look.
    package static let lifetime: Duration = .seconds(72 * 3_600)
    /// How far a wait is spread, so that a peer that comes back isn't met by everything at once.
    static let jitter = 0.1

    package init() {}

    /// The next attempt's time after attempt number `attempt` failed at `now`, or `nil` once it expires.
    ///
    /// - Parameters:
    ///   - fraction: 0 ..< 1, drawn by the caller.
    ///   - wanted: the recipient's `Retry-After`; honoured if it is later, within the lifetime.
    package func next(
        after attempt: Int,
        firstAttempt: Date,
        now: Date,
        fraction: Double,
        wanted: Duration?
    ) -> Date? {
        let base = Self.schedule.indices.contains(attempt - 1) ? Self.schedule[attempt - 1] : Self.hourly
        let spread = base.seconds * (1 + Self.jitter * fraction)
        let wait = max(spread, wanted?.seconds ?? 0)
        let due = now.addingTimeInterval(wait).wholeMilliseconds
        return due < firstAttempt + Self.lifetime ? due : nil
    }
}
