import FoundationEssentials

extension FaultReport {
    /// The operator takes it on; from here the buyer knows its reference, and the repair clock runs (T-010, G-145).
    mutating func accept(at now: Date) -> [Effect] {
        switch state {
        case .pending:
            clock.started = now
            state = .accepted
            statusReason = nil
            return [notify(.accepted, at: now), tellDesk(.accepted)]

        case .rejected, .accepted, .open, .inProgress, .onHold, .resolved, .reopened, .closed, .cancelled:
            return []
        }
    }
}
