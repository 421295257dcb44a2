import Synchronization

/// The ports of listeners that are starting, for those who wait to know them.
final class Bound: Sendable {
    private struct State {
        var ports: [String: Int] = [:]
        var failure: (any Error)?
        var waiters: [CheckedContinuation<[String: Int], any Error>] = []
    }

    private let names: Set<String>
    private let state = Mutex(State())

    init(_ names: Set<String>) { self.names = names }

    func opened(_ name: String, on port: Int) {
        let (ports, waiters) = state.withLock {
            state -> ([String: Int], [CheckedContinuation<[String: Int], any Error>]) in
            state.ports[name] = port
            guard Set(state.ports.keys) == names else { return (state.ports, []) }
            defer { state.waiters = [] }
            return (state.ports, state.waiters)
        }
        for waiter in waiters { waiter.resume(returning: ports) }
    }

    func failed(_ error: any Error) {
        let waiters = state.withLock { state -> [CheckedContinuation<[String: Int], any Error>] in
            state.failure = state.failure ?? error
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(throwing: error) }
    }

    /// Returns once all accept; throws if one cannot.
    func ports() async throws -> [String: Int] {
        try await withCheckedThrowingContinuation { continuation in
            let known = state.withLock { state -> Result<[String: Int], any Error>? in
                if let failure = state.failure { return .failure(failure) }
                if Set(state.ports.keys) == names { return .success(state.ports) }
                state.waiters.append(continuation)
                return nil
            }
            if let known { continuation.resume(with: known) }
        }
    }
}
