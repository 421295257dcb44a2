import TestSupport
import Testing

@testable import Adapters

@Suite struct LogThrottleTests {
    @Test func `of a thousand refused handshakes a few are lines, and the next line says how many were left out`() {
        let clock = SteppedClock()
        let throttle = LogThrottle(now: { clock.now })

        let admitted = (1...1_000).compactMap { _ in throttle.admit() }
        clock.advance(by: .seconds(1))

        #expect(admitted == Array(repeating: 0, count: LogThrottle.linesPerSecond))
        #expect(throttle.admit() == 1_000 - LogThrottle.linesPerSecond)
        #expect(throttle.admit() == 0)
    }
}
