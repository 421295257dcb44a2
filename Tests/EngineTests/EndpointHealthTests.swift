import Engine
import TestSupport
import Testing

@Suite struct EndpointHealthTests {
    @Test func `an endpoint that failed is left alone for ten seconds, then for twenty`() {
        let clock = SteppedClock()
        let health = EndpointHealth { clock.now }
        health.failed("a")

        #expect(health.toTry(of: ["a", "b"]) == ["b"])
        clock.advance(by: .seconds(10))
        #expect(health.toTry(of: ["a", "b"]) == ["a", "b"])
        health.failed("a")
        clock.advance(by: .seconds(19))
        #expect(health.toTry(of: ["a", "b"]) == ["b"])
        clock.advance(by: .seconds(1))
        #expect(health.toTry(of: ["a", "b"]) == ["a", "b"])
    }

    @Test func `an answer ends the pause, and the next failure begins with ten seconds again`() {
        let clock = SteppedClock()
        let health = EndpointHealth { clock.now }
        health.failed("a")
        health.failed("a")
        health.answered("a")
        #expect(health.toTry(of: ["a", "b"]) == ["a", "b"])

        health.failed("a")
        clock.advance(by: .seconds(10))

        #expect(health.toTry(of: ["a", "b"]) == ["a", "b"])
    }

    @Test func `where all have failed, the one that rests longest is asked whether it is back`() {
        let clock = SteppedClock()
        let health = EndpointHealth { clock.now }
        health.failed("a")
        clock.advance(by: .seconds(1))
        health.failed("b")

        #expect(health.toTry(of: ["b", "a"]) == ["a"])
        #expect(health.toTry(of: []) == [])
    }

    @Test func `no pause is longer than five minutes and twenty seconds`() {
        let clock = SteppedClock()
        let health = EndpointHealth { clock.now }
        for _ in 0..<40 { health.failed("a") }

        clock.advance(by: .seconds(320))

        #expect(health.toTry(of: ["a", "b"]) == ["a", "b"])
    }
}
