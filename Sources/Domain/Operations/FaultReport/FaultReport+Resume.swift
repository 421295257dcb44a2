import FoundationEssentials

extension FaultReport {
    /// What was waited for is there; the repair clock runs again (T-019).
    package mutating func resume(because reason: String?, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .onHold:
            return [goOn(because: reason ?? "Work goes on", by: .seller, at: now)]

        case .pending, .rejected, .accepted, .open, .inProgress, .resolved, .reopened, .closed, .cancelled:
            throw refusal("it is not on hold")
        }
    }

    mutating func goOn(because reason: String, by party: TicketParty, at now: Date) -> Effect {
        clock.resume(at: now)
        return reach(.inProgress, because: reason, by: party, at: now)
    }
}
