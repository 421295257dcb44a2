import Glibc
import Metrics
import Storage
import Synchronization

/// Log lines on their way to their reader, written by a thread of their own.
///
/// A reader that stops reading fills its pipe, and then a write waits until it reads again. Here only that thread waits: lines
/// beyond a bound are dropped and counted, and the first one after says how many are missing.
package final class LogLines: Sendable {
    /// Some thousand lines: a reader that restarts misses none.
    static let bytesMax = 1 << 20
    /// How long a process that ends waits for its reader to take the last lines.
    static let farewell: Duration = .seconds(1)

    private struct State {
        var waiting: [UInt8] = []
        var isWriting = false
        /// Since the last line that was taken.
        var dropped = 0
    }

    private let bytesMax: Int
    private let write: @Sendable ([UInt8]) -> Void
    private let state = Mutex(State())
    private let writer = BlockingPool(threadsMax: 1)
    private let written = TimedSignal()

    /// - Parameter write: writes whole lines, and may block.
    init(bytesMax: Int = LogLines.bytesMax, write: @escaping @Sendable ([UInt8]) -> Void) {
        self.bytesMax = bytesMax
        self.write = write
    }

    /// The process's own. What waits when the process ends is still written, if its reader takes it in time.
    package static let standardError: LogLines = {
        atexit { LogLines.standardError.flush(within: LogLines.farewell) }
        return LogLines { lines in
            var rest = lines[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
                // A reader that is gone for good gets nothing more.
                guard count > 0 || errno == EINTR else { return }
                rest = rest.dropFirst(max(0, count))
            }
        }
    }()

    /// Takes a line, or drops it if too many wait. It never waits itself.
    ///
    /// - Returns: how many were dropped before this one, each told once; `nil` if this one was dropped.
    @discardableResult
    func add(_ line: [UInt8]) -> Int? {
        let (dropped, starts) = state.withLock { state -> (Int?, Bool) in
            guard state.waiting.count + line.count <= bytesMax else {
                state.dropped += 1
                return (nil, false)
            }
            state.waiting += line
            defer {
                state.dropped = 0
                state.isWriting = true
            }
            return (state.dropped, !state.isWriting)
        }
        if dropped == nil { Counter(label: "pb_log_lines_dropped_total").increment() }
        if starts { start() }
        return dropped
    }

    /// Waits until everything is written, and no longer than `limit`.
    package func flush(within limit: Duration) {
        let end = ContinuousClock.now + limit
        while state.withLock({ $0.isWriting }), ContinuousClock.now < end {
            written.wait(atMost: end - ContinuousClock.now)
        }
    }

    private func start() {
        writer.submit {
            while let lines = self.next() { self.write(lines) }
            self.written.signal()
        } orElse: {
            // No thread now: what waits goes with the next line.
            self.state.withLock { $0.isWriting = false }
        }
    }

    private func next() -> [UInt8]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isWriting = false
                return nil
            }
            defer { state.waiting = [] }
            return state.waiting
        }
    }
}
