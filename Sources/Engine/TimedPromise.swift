import Synchronization

/// A value that one task waits for, for a limited time, and another brings.
package final class TimedPromise<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value?, Never>)
        case kept(Value)
        case over
    }

    private let state = Mutex(State.open)

    package init() {}

    /// Brings the value.
    ///
    /// - Returns: `false` if it came too late: then it is still the caller's.
    @discardableResult
    package func keep(_ value: Value) -> Bool {
        let (waiter, isTaken) = state.withLock { state -> (CheckedContinuation<Value?, Never>?, Bool) in
            switch state {
            case .open:
                state = .kept(value)
                return (nil, true)
            case .awaited(let waiter):
                state = .over
                return (waiter, true)
            case .kept, .over:
                return (nil, false)
            }
        }
        waiter?.resume(returning: value)
        return isTaken
    }

    /// The value, once it has come; `nil` after `limit`, or when the task is cancelled. To be asked once.
    package func value(within limit: Duration) async -> Value? {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await Task.sleep(for: limit)
                self.giveUp()
            }
            defer { group.cancelAll() }
            return await withTaskCancellationHandler {
                await withCheckedContinuation { waiter in
                    let value = state.withLock { state -> Value?? in
                        switch state {
                        case .open:
                            state = .awaited(waiter)
                            return nil
                        case .kept(let value):
                            state = .over
                            return .some(value)
                        case .awaited, .over:
                            return .some(nil)
                        }
                    }
                    if let value { waiter.resume(returning: value) }
                }
            } onCancel: {
                self.giveUp()
            }
        }
    }

    /// A value that has come by now is not lost: the caller that waits gets it.
    private func giveUp() {
        let waiter = state.withLock { state -> CheckedContinuation<Value?, Never>? in
            switch state {
            case .open:
                state = .over
                return nil
            case .awaited(let waiter):
                state = .over
                return waiter
            case .kept, .over:
                return nil
            }
        }
        waiter?.resume(returning: nil)
    }
}
