import Synchronization

/// How often a client's secret may be shown wrong from one source before requests are refused for a while.
///
/// Counted by client and source together: a stranger who guesses does not shut out the client itself, which comes from
/// elsewhere. In real time, as every limit of traffic is (decision 19), and of this process alone: losing it lets through ten
/// guesses more.
package final class GuessLimits: Sendable {
    /// More than a person mistypes, and far fewer than a guess needs.
    package static let failuresMax = 10
    /// After the tenth failure; each further one doubles it.
    static let firstPause: Duration = .seconds(60)
    /// A client whose operator has mended the secret waits no longer than this. Failures that are older are forgotten.
    static let longestPause: Duration = .seconds(900)
    /// A hundred bytes each: a megabyte for a flood of invented names.
    static let entriesMax = 10_000
    /// Series that a counter may have of addresses; an attack has no end of them.
    static let labelsMax = 1_000
    /// A registered client's name is no longer.
    private static let nameBytesMax = 100

    private struct Key: Hashable {
        let client: [UInt8]
        let source: String
    }

    private struct Entry {
        var failures = 0
        var last: ContinuousClock.Instant
        var until: ContinuousClock.Instant?
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var labels: Set<String> = []
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> ContinuousClock.Instant

    package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) { self.now = now }

    /// Seconds until a secret is looked at again; `nil`: now.
    package func retryAfter(_ client: String, from source: String) -> Int? {
        let now = now()
        return state.withLock { state in
            guard let until = state.entries[Self.key(client, source)]?.until, until > now else { return nil }
            return Self.seconds(until - now)
        }
    }

    /// Counts a wrong secret.
    ///
    /// - Returns: the seconds for which requests are refused from now on, if this failure causes that.
    package func failed(_ client: String, from source: String) -> Int? {
        let now = now()
        return state.withLock { state in
            let key = Self.key(client, source)
            if state.entries[key] == nil { Self.makeRoom(in: &state.entries, at: now) }
            var entry = state.entries[key] ?? Entry(last: now)
            if now - entry.last > Self.longestPause { entry = Entry(last: now) }
            entry.failures += 1
            entry.last = now
            var pause: Duration?
            if entry.failures >= Self.failuresMax {
                // 60 s doubled four times is more than the longest: no larger exponent is needed.
                let doublings = min(entry.failures - Self.failuresMax, 4)
                pause = min(Self.longestPause, Self.firstPause * (1 << doublings))
            }
            entry.until = pause.map { now + $0 }
            state.entries[key] = entry
            return pause.map(Self.seconds)
        }
    }

    /// The right secret ends the count.
    package func succeeded(_ client: String, from source: String) {
        state.withLock { $0.entries[Self.key(client, source)] = nil }
    }

    /// The source as a label of a counter, or `other` where there are too many.
    package func label(of source: String) -> String {
        state.withLock { state in
            if state.labels.contains(source) { return source }
            guard state.labels.count < Self.labelsMax else { return "other" }
            state.labels.insert(source)
            return source
        }
    }

    private static func key(_ client: String, _ source: String) -> Key {
        Key(client: Array(client.utf8.prefix(nameBytesMax)), source: source)
    }

    private static func seconds(_ duration: Duration) -> Int { max(1, Int(duration.seconds.rounded(.up))) }

    /// Forgets what is old, and if that is not enough the older half.
    private static func makeRoom(in entries: inout [Key: Entry], at now: ContinuousClock.Instant) {
        guard entries.count >= entriesMax else { return }
        entries = entries.filter { now - $0.value.last <= longestPause }
        guard entries.count >= entriesMax else { return }
        let middle = entries.values.map(\.last).sorted()[entriesMax / 2]
        entries = entries.filter { $0.value.last > middle }
    }
}
