import Domain
import Synchronization

/// How much each caller may still ask: a bucket of requests for each, which fills again steadily.
///
/// In real time, as every limit of traffic is (decision 19), and of this process alone: losing it lets through one
/// bucket more.
package final class RateLimits: Sendable {
    /// What a caller is told with each answer.
    package struct Standing: Equatable, Sendable {
        package let limit: RateLimit
        /// Whole requests that it may make at once.
        package let remaining: Int
        /// Seconds until all of them are there again.
        package let reset: Int
        /// Seconds until it may ask again; `nil` for one that may.
        package let retryAfter: Int?
    }

    private struct Bucket {
        var requests: Double
        var filled: ContinuousClock.Instant
    }

    private let buckets = Mutex<[String: Bucket]>([:])
    private let now: @Sendable () -> ContinuousClock.Instant

    package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) { self.now = now }

    /// Takes a request out of a caller's bucket, if there is one in it. There is a bucket a registered party, so their
    /// number is bounded by the directory's.
    package func take(_ caller: String, _ limit: RateLimit) -> Standing {
        let now = now()
        let rate = Double(limit.requests) / Double(limit.seconds)
        let (left, isLetThrough) = buckets.withLock { buckets in
            var bucket = buckets[caller] ?? Bucket(requests: Double(limit.requests), filled: now)
            let gained = (now - bucket.filled).seconds * rate
            bucket.requests = min(Double(limit.requests), bucket.requests + max(0, gained))
            bucket.filled = now
            let isLetThrough = bucket.requests >= 1
            if isLetThrough { bucket.requests -= 1 }
            buckets[caller] = bucket
            return (bucket.requests, isLetThrough)
        }
        return Standing(
            limit: limit,
            remaining: Int(left),
            reset: Int(((Double(limit.requests) - left) / rate).rounded(.up)),
            retryAfter: isLetThrough ? nil : max(1, Int(((1 - left) / rate).rounded(.up)))
        )
    }
}
