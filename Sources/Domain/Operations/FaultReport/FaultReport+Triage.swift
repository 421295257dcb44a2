import FoundationEssentials

extension FaultReport {
    /// The supplier has looked at its side (T-010, X-21): a fault of the network queues for work, another is resolved.
    package mutating func triage(
        findings: String,
        isNetworkFault: Bool,
        because reason: String?,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        switch state {
        case .accepted:
            supplierTriage = Triage(isComplete: true, findings: findings)
            guard !isNetworkFault else { return [reach(.open, because: reason, at: now)] }
            return withdrawVisit(at: now)
                + resolve(because: reason ?? "No fault found in the network", byVisit: false, at: now)

        case .pending, .rejected, .open, .inProgress, .onHold, .resolved, .reopened, .closed, .cancelled:
            throw refusal("triage follows acceptance")
        }
    }
}
