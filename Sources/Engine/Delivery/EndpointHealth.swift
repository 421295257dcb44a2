import Synchronization

/// Which endpoints of others answer now: one that failed is left alone for a while, twice as long each time.
///
/// In real time, as every network deadline is (decision 19), and of this process alone: losing it costs a few attempts.
package final class EndpointHealth: Sendable {
    static let pauseMin: Duration = .seconds(10)
    static let pauseMax: Duration = .seconds(320)

    private struct Rest {
        var until: ContinuousClock.Instant
        var length: Duration
    }

    private let resting = Mutex<[String: Rest]>([:])
    private let now: @Sendable () -> ContinuousClock.Instant

    package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) { self.now = now }

    /// Those to be tried, in order: all that don't rest. If all do, the one whose rest ends first: somebody must find out
    /// whether they are back.
    package func toTry(of urls: [String]) -> [String] {
        let now = now()
        return resting.withLock { resting in
            let awake = urls.filter { url in resting[url].map { $0.until <= now } ?? true }
            guard awake.isEmpty else { return awake }
            let first = urls.min { one, other in
                guard let one = resting[one], let other = resting[other] else { return false }
                return one.until < other.until
            }
            return first.map { [$0] } ?? []
        }
    }

    /// Whether nothing speaks against it now.
    package func answers(_ url: String) -> Bool { resting.withLock { $0[url] == nil } }

    /// - Returns: the change, if it answered until now.
    @discardableResult
    package func failed(_ url: String) -> EndpointChange? {
        let now = now()
        return resting.withLock { resting in
            let known = resting[url]
            let length = known.map { min($0.length * 2, Self.pauseMax) } ?? Self.pauseMin
            resting[url] = Rest(until: now + length, length: length)
            return known == nil ? EndpointChange(endpoint: url, rest: length) : nil
        }
    }

    /// - Returns: the change, if it did not answer until now.
    @discardableResult
    package func answered(_ url: String) -> EndpointChange? {
        resting.withLock { $0.removeValue(forKey: url) }.map { _ in EndpointChange(endpoint: url, rest: nil) }
    }
}
