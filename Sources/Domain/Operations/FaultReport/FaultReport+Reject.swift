import FoundationEssentials

extension FaultReport {
    /// The desk refuses it before it was accepted (T-095).
    package mutating func reject(because reason: String, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .pending:
            return [.disarm(timer(.accept))] + withdrawVisit(at: now)
                + [reach(.rejected(at: now), because: reason, at: now)]

        case .rejected, .accepted, .open, .inProgress, .onHold, .resolved, .reopened, .closed, .cancelled:
            throw refusal("only a pending one can be rejected")
        }
    }
}
