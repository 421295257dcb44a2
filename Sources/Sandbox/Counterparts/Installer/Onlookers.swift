import Domain
import Synchronization

/// Those who wait to hear what the operator made of a message.
final class Onlookers: Sendable {
    private struct State {
        var next = 0
        var waiting: [EntityRef: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    /// Looks on at a job's messages while `body` runs; the stream says each time that one was tried.
    func watching<Value>(
        _ entity: EntityRef,
        _ body: (AsyncStream<Void>) async throws -> Value
    ) async throws -> Value {
        let (attempts, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.next += 1
            state.waiting[entity, default: [:]][state.next] = continuation
            return state.next
        }
        defer {
            state.withLock { state in
                state.waiting[entity]?[number] = nil
                if state.waiting[entity]?.isEmpty == true { state.waiting[entity] = nil }
            }
        }
        return try await body(attempts)
    }

    /// A message was tried, and what came of it is written down.
    func tried(_ entity: EntityRef) {
        for onlooker in state.withLock({ $0.waiting[entity]?.values.map { $0 } ?? [] }) { onlooker.yield() }
    }
}
