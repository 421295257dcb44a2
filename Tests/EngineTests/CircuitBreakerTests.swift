import Engine
import FoundationEssentials
import TestSupport
import Testing

@Suite struct CircuitBreakerTests {
    private let clock = SteppedClock()

    private func breaker(_ time: TimeSource = .real) -> CircuitBreaker {
        CircuitBreaker(time: time) { [clock] in clock.now }
    }

    private func open(_ breaker: CircuitBreaker) { for _ in 0..<5 { breaker.failed("a") } }

    @Test func `four failures in a row are borne, the fifth opens it for ten seconds`() {
        let breaker = breaker()
        for _ in 0..<4 { breaker.failed("a") }
        #expect(breaker.admit("a") == .open)

        breaker.failed("a")

        #expect(breaker.admit("a") == .refused(for: .seconds(10)))
        #expect(breaker.admit("b") == .open, "another endpoint's affair")
    }

    @Test func `an answer between failures begins the count anew`() {
        let breaker = breaker()
        for _ in 0..<4 { breaker.failed("a") }
        breaker.answered("a")
        for _ in 0..<4 { breaker.failed("a") }

        #expect(breaker.admit("a") == .open)
    }

    @Test func `after its rest one alone finds out, and its answer closes it`() {
        let breaker = breaker()
        open(breaker)
        clock.advance(by: .seconds(10))

        #expect(breaker.admit("a") == .probe)
        #expect(breaker.admit("a") == .refused(for: .seconds(1)))
        breaker.answered("a")
        #expect(breaker.admit("a") == .open)
    }

    @Test func `each probe that fails doubles the rest, to a limit`() {
        let breaker = breaker()
        open(breaker)

        var rests: [Duration] = []
        for _ in 0..<7 {
            guard case .refused(let rest) = breaker.admit("a") else { break }
            rests.append(rest)
            clock.advance(by: rest)
            #expect(breaker.admit("a") == .probe)
            breaker.failed("a")
        }

        #expect(rests == [10, 20, 40, 80, 160, 320, 320].map { .seconds($0) })
    }

    @Test func `those that were under way when it opened do not lengthen the rest`() {
        let breaker = breaker()
        open(breaker)
        for _ in 0..<50 { breaker.failed("a") }

        #expect(breaker.admit("a") == .refused(for: .seconds(10)))
    }

    @Test func `an endpoint that asks to be left alone is, at once and for that long`() {
        let breaker = breaker()

        breaker.failed("a", restingFor: .seconds(30))

        #expect(breaker.admit("a") == .refused(for: .seconds(30)))
        clock.advance(by: .seconds(30))
        #expect(breaker.admit("a") == .probe)
    }

    @Test func `a probe of which nothing is heard is lost, and another finds out`() {
        let breaker = breaker()
        open(breaker)
        clock.advance(by: .seconds(10))
        #expect(breaker.admit("a") == .probe)

        clock.advance(by: .seconds(60))

        #expect(breaker.admit("a") == .probe)
    }

    @Test func `a clock that is turned past the rest ends it, and one that runs does not`() {
        let turned = TestTime.clock()
        let virtual = breaker(turned.source)
        let real = breaker(TimeSource(isVirtual: false) { turned.now })
        open(virtual)
        open(real)

        turned.move(to: TestTime.seconds(10))

        #expect(virtual.admit("a") == .probe)
        #expect(real.admit("a") == .refused(for: .seconds(10)))
    }
}
