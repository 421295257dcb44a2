import Domain
import FoundationEssentials
import Storage

extension Delivery {
    /// What an outcome means for the row, and what its sender hears.
    func judge(
        _ row: OutboxRow,
        _ outcome: Outcome,
        _ attempt: Attempt,
        _ now: Date
    ) -> (Conclusion, reply: Telling?) {
        let message = row.content.message
        let entity = row.content.entity
        switch outcome {
        case .delivered(let reply):
            return (.delivered(attempt: attempt), reply)
        case .refused(let reason, let reply):
            return (.parked(attempt: attempt), reply ?? message.givenUp(from: entity, because: reason))
        case .unreachable(let reason):
            let age = exchange.time.isVirtual ? nil : dispatch.age(at: realNow())
            let isStarting = age.map { $0 < Self.startGrace } ?? false
            let outcome: Outcome =
                isStarting ? .postponed(for: Self.faultPause, reason: reason) : .retry(reason: reason)
            return judge(row, outcome, attempt, now)
        case .postponed(let duration, let reason):
            let next = (now + duration).wholeMilliseconds
            // Nothing waits longer than is promised, tried or not.
            guard next < (row.requeued?.at ?? row.content.created) + RetryPolicy.lifetime else {
                return (.expired(attempt: attempt), message.givenUp(from: entity, because: reason))
            }
            return (.postponed(until: next), nil)
        case .retry(let reason, let wanted):
            let next = retryPolicy.next(
                after: row.attempts + 1 - (row.requeued?.attemptsBefore ?? 0),
                firstAttempt: row.requeued?.at ?? row.firstAttempt ?? now,
                now: now,
                fraction: exchange.ids.fraction(),
                wanted: wanted
            )
            guard let next else {
                return (.expired(attempt: attempt), message.givenUp(from: entity, because: reason))
            }
            return (.retry(at: next, attempt: attempt), nil)
        }
    }
}

extension Outcome {
    /// For the record of the attempt.
    var words: String {
        switch self {
        case .delivered: "delivered"
        case .retry(let reason, _): "retry: \(reason)"
        case .unreachable(let reason): "retry: \(reason)"
        case .postponed(_, let reason): "postponed: \(reason)"
        case .refused(let reason, _): "refused: \(reason)"
        }
    }
}
