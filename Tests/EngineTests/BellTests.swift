import Testing

@testable import Engine

@Suite struct BellTests {
    @Test(.timeLimit(.minutes(1))) func `a ring that nobody waited for is not lost`() async {
        let bell = Bell()
        bell.ring()
        await bell.wait()
    }

    @Test(.timeLimit(.minutes(1))) func `a ring wakes the one who waits`() async {
        let bell = Bell()
        let waiting = Task { await bell.wait() }
        bell.ring()
        await waiting.value
    }

    @Test(.timeLimit(.minutes(1))) func `a cancelled wait ends`() async {
        let bell = Bell()
        let waiting = Task { await bell.wait() }
        waiting.cancel()
        await waiting.value
    }

    @Test(.timeLimit(.minutes(1))) func `a wait of no length ends by itself`() async {
        await Bell().wait(atMost: .zero)
    }
}
