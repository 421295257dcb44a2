import Domain

/// How an attempt is judged (G-078).
package enum Outcome: Sendable {
    /// Taken. The reply, if it says anything, is an input like any other.
    case delivered(reply: Telling? = nil)
    /// Not now: tried again by the schedule, no sooner than the recipient asked.
    case retry(reason: String, after: Duration? = nil)
    /// No connection was made, so nothing was sent: tried again by the schedule. In the first seconds of a start, when the
    /// recipient may be starting too, it is no attempt.
    case unreachable(reason: String)
    /// Not even tried, for nobody answers there now: looked at again after so long. No attempt is counted.
    case postponed(for: Duration, reason: String)
    /// Understood and refused: not tried again by itself. Where somebody waits for the answer, the refusal is it.
    case refused(reason: String, reply: Telling? = nil)
}

extension Outcome {
    var isDelivered: Bool {
        switch self {
        case .delivered: true
        case .retry, .unreachable, .postponed, .refused: false
        }
    }
}
