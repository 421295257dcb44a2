import Domain
import Storage
import Synchronization

/// A store whose process dies at a commit that was chosen before: what was durable by then is there for the next life, and
/// nothing more is heard of this one.
final class MortalStore: Store {
    /// When it dies.
    struct Fate: Sendable {
        /// How many writes it still makes; the last is the fatal one.
        let writes: Int
        /// Whether the fatal one is durable, and only its caller never hears of it.
        let isLastKept: Bool
    }

    private struct State {
        var left: Int?
        var isDead = false
        var atDeath: (@Sendable () -> Void)?
    }

    private let store: any Store
    private let isLastKept: Bool
    private let state: Mutex<State>

    init(_ store: any Store, fate: Fate?) {
        self.store = store
        isLastKept = fate?.isLastKept ?? false
        state = Mutex(State(left: fate?.writes))
    }

    var isDead: Bool { state.withLock { $0.isDead } }

    /// What is stopped with the process: work that would wait for a store which is gone.
    func atDeath(_ stop: @escaping @Sendable () -> Void) { state.withLock { $0.atDeath = stop } }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Value
    ) async throws -> Value {
        guard !isDead else { throw StoreError.closed }
        return try await store.read(body)
    }

    func find<A: Aggregate>(_ id: ID<A>) async throws -> A? {
        guard !isDead else { throw StoreError.closed }
        return try await store.find(id)
    }

    func remembered<A: Aggregate>(_ id: ID<A>) -> A? { isDead ? nil : store.remembered(id) }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await dying { try await self.store.write(body) }
    }

    func change<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await dying { try await self.store.change(body) }
    }

    private func dying<Value: Sendable>(_ write: () async throws -> Value) async throws -> Value {
        let isLast = try state.withLock { state in
            guard !state.isDead else { throw StoreError.closed }
            state.left = state.left.map { $0 - 1 }
            return state.left == 0
        }
        guard isLast else { return try await write() }
        if isLastKept { _ = try? await write() }
        let stop = state.withLock { state in
            state.isDead = true
            return state.atDeath
        }
        stop?()
        throw StoreError.closed
    }

    /// Another life may open the file.
    func close() async throws { try await store.close() }
}
