import Synchronization

@testable import Adapters

/// How many answers came from memory, until it is made to forget everything.
final class CountedMemory: Sendable {
    private let state = Mutex((answers: 0, forgets: false))

    var answers: Int { state.withLock { $0.answers } }

    func forgets() { state.withLock { $0.forgets = true } }

    func counting(_ memory: Memory) -> Memory {
        Memory(route: memory.route) { request in
            guard !self.state.withLock({ $0.forgets }), let answer = memory.answer(request) else { return nil }
            self.state.withLock { $0.answers += 1 }
            return answer
        }
    }
}
