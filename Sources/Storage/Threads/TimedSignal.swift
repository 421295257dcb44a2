import Glibc

/// Lets a thread wait for others, for a time that no change of the wall clock makes longer.
///
/// A `DispatchSemaphore` does not serve: on Linux its timeout is a moment of the wall clock. A clock that is set back by an hour
/// while the writer pauses for half a millisecond would stop every write for an hour.
package final class TimedSignal: Sendable {
    private struct Parts {
        var mutex = pthread_mutex_t()
        var condition = pthread_cond_t()
        var isSet = false
    }

    // Its address must stay the same, and every access holds its mutex.
    nonisolated(unsafe) private let parts: UnsafeMutablePointer<Parts>

    package init() {
        parts = .allocate(capacity: 1)
        parts.initialize(to: Parts())
        pthread_mutex_init(&parts.pointee.mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(&parts.pointee.condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(&parts.pointee.condition)
        pthread_mutex_destroy(&parts.pointee.mutex)
        parts.deinitialize(count: 1)
        parts.deallocate()
    }

    /// Ends the wait under way, or the next one.
    package func signal() {
        pthread_mutex_lock(&parts.pointee.mutex)
        parts.pointee.isSet = true
        pthread_cond_signal(&parts.pointee.condition)
        pthread_mutex_unlock(&parts.pointee.mutex)
    }

    /// Blocks the thread until the signal comes, and no longer than `limit`.
    ///
    /// - Returns: `false` if it did not come in time.
    @discardableResult
    package func wait(atMost limit: Duration) -> Bool {
        var end = Self.moment(after: limit)
        pthread_mutex_lock(&parts.pointee.mutex)
        defer { pthread_mutex_unlock(&parts.pointee.mutex) }
        while !parts.pointee.isSet {
            guard pthread_cond_timedwait(&parts.pointee.condition, &parts.pointee.mutex, &end) == 0 else { break }
        }
        defer { parts.pointee.isSet = false }
        return parts.pointee.isSet
    }

    /// On the clock that only rises.
    private static func moment(after limit: Duration) -> timespec {
        var moment = timespec()
        clock_gettime(CLOCK_MONOTONIC, &moment)
        let (seconds, attoseconds) = limit.components
        let nanoseconds = moment.tv_nsec + Int(attoseconds / 1_000_000_000)
        moment.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        moment.tv_nsec = nanoseconds % 1_000_000_000
        return moment
    }
}
