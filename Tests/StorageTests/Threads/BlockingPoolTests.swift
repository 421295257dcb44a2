import Synchronization
import Testing

@testable import Storage

@Suite struct BlockingPoolTests {
    @Test(.timeLimit(.minutes(1)))
    func `work that hangs takes one thread, and the rest goes on beside it`() async throws {
        let pool = BlockingPool(threadsMax: 2)
        let signal = TimedSignal()
        async let hung: Bool = pool.run { signal.wait(atMost: .seconds(60)) }

        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...50 { group.addTask { try await pool.run { number } } }
            return try await group.reduce(0, +)
        }

        #expect(done == 1_275)
        signal.signal()
        let wasSignalled = try await hung
        #expect(wasSignalled)
    }

    @Test(.timeLimit(.minutes(1)))
    func `no more threads work than there may be`() async throws {
        let pool = BlockingPool(threadsMax: 3)
        let crowd = Crowd()

        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...200 {
                group.addTask {
                    try await pool.run {
                        crowd.enter()
                        crowd.leave()
                    }
                }
            }
            try await group.waitForAll()
        }

        #expect(crowd.now == 0)
        #expect((1...3).contains(crowd.most))
    }

    @Test(.timeLimit(.minutes(1))) func `what the work throws reaches its caller`() async {
        struct Failed: Error {}
        await #expect(throws: Failed.self) { try await BlockingPool(threadsMax: 1).run { throw Failed() } }
    }
}

@Suite struct TimedSignalTests {
    @Test(.timeLimit(.minutes(1))) func `a signal that came before the wait ends it`() {
        let signal = TimedSignal()
        signal.signal()

        #expect(signal.wait(atMost: .seconds(60)))
        #expect(!signal.wait(atMost: .zero), "once")
    }

    @Test(.timeLimit(.minutes(1))) func `a wait without a signal ends after its time, and not before`() {
        let began = ContinuousClock.now

        let came = TimedSignal().wait(atMost: .milliseconds(5))

        #expect(!came)
        #expect(ContinuousClock.now - began >= .milliseconds(5))
    }

    @Test(.timeLimit(.minutes(1))) func `a signal from another thread ends the wait`() async throws {
        let signal = TimedSignal()
        async let came: Bool = BlockingPool(threadsMax: 1).run { signal.wait(atMost: .seconds(60)) }
        signal.signal()

        let hasCome = try await came
        #expect(hasCome)
    }
}

private final class Crowd: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var now: Int { counts.withLock { $0.now } }
    var most: Int { counts.withLock { $0.most } }

    func enter() { counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
    func leave() { counts.withLock { $0.now -= 1 } }
}
