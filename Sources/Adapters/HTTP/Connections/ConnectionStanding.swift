import Synchronization

/// What a listener knows of one of its connections, readable from any thread.
final class ConnectionStanding: Sendable {
    /// Why a listener ends a connection by itself. The names are values of a metric.
    enum Ending: String, Sendable {
        /// A new connection needs the place.
        case room
        /// No whole head came in time.
        case firstHead = "first_head"
        /// The peer took nothing of its answer.
        case stalled
        /// Answers that were not taken fill the memory.
        case memory
    }

    /// While the server works on a request: the connection waits for us, not for its peer.
    static let working = UInt64.max

    /// `nil`: not counted against one source.
    let source: ConnectionSource?
    private let quiet: Atomic<UInt64>
    private let unsent = Atomic(0)
    private let closing: @Sendable (Ending) -> Void

    /// - Parameter now: uptime in nanoseconds.
    init(source: ConnectionSource?, now: UInt64, closing: @escaping @Sendable (Ending) -> Void) {
        self.source = source
        quiet = Atomic(now)
        self.closing = closing
    }

    /// Since when the peer has neither sent nor taken a byte that was waited for, as uptime in nanoseconds; or ``working``.
    var quietSince: UInt64 {
        get { quiet.load(ordering: .relaxed) }
        set { quiet.store(newValue, ordering: .relaxed) }
    }

    /// Bytes of an answer that the peer has not taken.
    var unsentBytes: Int { unsent.load(ordering: .relaxed) }

    /// - Returns: by how much it changed.
    func setUnsent(_ bytes: Int) -> Int { bytes - unsent.exchange(bytes, ordering: .relaxed) }

    func close(_ ending: Ending) { closing(ending) }
}
