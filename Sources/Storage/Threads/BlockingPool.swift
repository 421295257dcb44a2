import DequeModule
import Glibc
import Synchronization

/// Runs calls that block on threads of their own, so that a name server, a disk or a reader of the log that hangs takes no thread
/// from anything else.
///
/// Each use has a pool of its own. Threads are made when there is work and end when there is none: a pool at rest costs nothing.
package final class BlockingPool: Sendable {
    /// The system gives no thread for it.
    package struct NoThread: Error, Equatable, CustomStringConvertible {
        package let description = "The system gives no more threads."

        package init() {}
    }

    private struct Work: Sendable {
        let run: @Sendable () -> Void
        /// Instead, if no thread is to be had.
        let refuse: @Sendable () -> Void
    }

    private struct State {
        var waiting: Deque<Work> = []
        var threads = 0
    }

    private let threadsMax: Int
    private let state = Mutex(State())

    package init(threadsMax: Int) { self.threadsMax = threadsMax }

    /// Runs `body` on one of the threads, after what waits already.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            submit {
                continuation.resume(with: Result { try body() })
            } orElse: {
                continuation.resume(throwing: NoThread())
            }
        }
    }

    /// The same without waiting for it.
    package func submit(_ run: @escaping @Sendable () -> Void, orElse refuse: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.waiting.append(Work(run: run, refuse: refuse))
            guard state.threads < threadsMax else { return false }
            state.threads += 1
            return true
        }
        guard needsThread, !startThread() else { return }
        let refused = state.withLock { state -> Deque<Work> in
            state.threads -= 1
            // A thread that is there comes to it later.
            guard state.threads == 0 else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for work in refused { work.refuse() }
    }

    private func startThread() -> Bool {
        var thread = pthread_t()
        let pool = Unmanaged.passRetained(self)
        let error = pthread_create(
            &thread,
            nil,
            { pool in
                guard let pool else { return nil }
                Unmanaged<BlockingPool>.fromOpaque(pool).takeRetainedValue().work()
                return nil
            },
            pool.toOpaque()
        )
        guard error == 0 else {
            pool.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func work() {
        while let work = next() { work.run() }
    }

    private func next() -> Work? {
        state.withLock { state in
            if let work = state.waiting.popFirst() { return work }
            state.threads -= 1
            return nil
        }
    }
}
