import Domain
import Engine
import TestSupport
import Testing

@Suite struct RateLimitsTests {
    private static let limit = RateLimit(requests: 3, seconds: 60)

    @Test func `as many as are allowed may come at once, and then one every so often`() {
        let clock = SteppedClock()
        let limits = RateLimits { clock.now }

        let burst = (0..<4).map { _ in limits.take("tenant/A", Self.limit) }
        clock.advance(by: .seconds(20))
        let later = (0..<2).map { _ in limits.take("tenant/A", Self.limit) }

        #expect(burst.map(\.remaining) == [2, 1, 0, 0])
        #expect(burst.map(\.retryAfter) == [nil, nil, nil, 20])
        #expect(burst.map(\.reset) == [20, 40, 60, 60])
        #expect(later.map(\.retryAfter) == [nil, 20])
    }

    @Test func `an hour of silence saves up no more than one bucket`() {
        let clock = SteppedClock()
        let limits = RateLimits { clock.now }
        _ = limits.take("tenant/A", Self.limit)

        clock.advance(by: .seconds(3_600))

        #expect(
            (0..<4).map { _ in limits.take("tenant/A", Self.limit).retryAfter == nil } == [true, true, true, false]
        )
    }

    @Test func `what one asks is not counted against another`() {
        let clock = SteppedClock()
        let limits = RateLimits { clock.now }
        for _ in 0..<4 { _ = limits.take("tenant/A", Self.limit) }

        #expect(limits.take("tenant/B", Self.limit).retryAfter == nil)
    }
}
