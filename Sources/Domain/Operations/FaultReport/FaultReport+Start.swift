import FoundationEssentials

extension FaultReport {
    /// Work begins.
    package mutating func start(because reason: String?, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .accepted, .open, .reopened:
            return [reach(.inProgress, because: reason ?? "Work has started", at: now)]

        case .pending, .rejected, .inProgress, .onHold, .resolved, .closed, .cancelled:
            throw refusal("work cannot start")
        }
    }
}
