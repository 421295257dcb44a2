import FoundationEssentials

extension FaultReport {
    /// The desk needs something that only the buyer or the end user can give; the repair clock stops (T-018).
    package mutating func hold(because reason: String, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .open, .inProgress:
            clock.pause(at: now, because: reason)
            return [.disarm(timer(.settleVisit)), reach(.onHold(since: now), because: reason, at: now)]

        case .pending, .rejected, .accepted, .onHold, .resolved, .reopened, .closed, .cancelled:
            throw refusal("only an open one or one in progress can be held")
        }
    }
}
