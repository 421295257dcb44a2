import TestSupport
import Testing

@testable import Engine

@Suite struct GuessLimitsTests {
    @Test
    func `the tenth failure closes, each further one closes for twice as long, and a quarter of an hour is enough`() {
        let clock = SteppedClock()
        let guesses = GuessLimits(now: { clock.now })

        let first = (1...9).map { _ in guesses.failed("a", from: "192.0.2.1") }
        #expect(first.allSatisfy { $0 == nil })
        #expect(guesses.retryAfter("a", from: "192.0.2.1") == nil)
        var pauses: [Int?] = []
        for _ in 0..<7 {
            pauses.append(guesses.failed("a", from: "192.0.2.1"))
            #expect(guesses.retryAfter("a", from: "192.0.2.1") == pauses.last ?? nil)
            clock.advance(by: .seconds(pauses.last.flatMap(\.self) ?? 0))
            #expect(guesses.retryAfter("a", from: "192.0.2.1") == nil)
        }
        #expect(pauses == [60, 120, 240, 480, 900, 900, 900])
    }

    @Test func `another source and another client are not concerned`() {
        let guesses = GuessLimits()
        for _ in 0..<10 { _ = guesses.failed("a", from: "192.0.2.1") }

        #expect(guesses.retryAfter("a", from: "192.0.2.1") != nil)
        #expect(guesses.retryAfter("a", from: "192.0.2.2") == nil)
        #expect(guesses.retryAfter("b", from: "192.0.2.1") == nil)
    }

    @Test func `the right secret, and a quarter of an hour without a wrong one, end the count`() {
        let clock = SteppedClock()
        let guesses = GuessLimits(now: { clock.now })

        for _ in 0..<9 { _ = guesses.failed("a", from: "x") }
        guesses.succeeded("a", from: "x")
        #expect(guesses.failed("a", from: "x") == nil)
        for _ in 0..<8 { _ = guesses.failed("a", from: "x") }
        clock.advance(by: .seconds(901))
        #expect(guesses.failed("a", from: "x") == nil)
    }

    @Test func `a flood of invented names leaves no more behind than there is room for, and forgets the oldest`() {
        let clock = SteppedClock()
        let guesses = GuessLimits(now: { clock.now })
        for _ in 0..<10 { _ = guesses.failed("old", from: "x") }
        for number in 0..<(GuessLimits.entriesMax - 2) {
            clock.advance(by: .microseconds(1))
            _ = guesses.failed("\(number)", from: "x")
        }
        for _ in 0..<10 { _ = guesses.failed("young", from: "x") }
        #expect(guesses.retryAfter("old", from: "x") != nil)

        _ = guesses.failed("one more", from: "x")

        #expect(guesses.retryAfter("old", from: "x") == nil)
        #expect(guesses.retryAfter("young", from: "x") != nil)
    }

    @Test func `addresses are labels until there are a thousand`() {
        let guesses = GuessLimits()

        let labels = (0..<1_001).map { guesses.label(of: "address \($0)") }

        #expect(labels.last == "other")
        #expect(labels.dropLast() == (0..<1_000).map { "address \($0)" }[...])
        #expect(guesses.label(of: "address 7") == "address 7")
    }
}
