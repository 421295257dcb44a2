import Synchronization

/// Counts the listeners that accept, and does once what must wait for the last of them.
final class ListenerCount: Sendable {
    private let missing: Mutex<Int>
    private let whenAll: @Sendable () -> Void

    init(_ count: Int, whenAll: @escaping @Sendable () -> Void) {
        missing = Mutex(count)
        self.whenAll = whenAll
    }

    func listening() {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isLast { whenAll() }
    }
}
