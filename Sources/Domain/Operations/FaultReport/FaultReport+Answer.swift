import FoundationEssentials

extension FaultReport {
    /// The buyer takes the resolution, or says why not (T-017, X-52).
    package mutating func answer(accepted: Bool, because reason: String?, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .resolved:
            guard !accepted else {
                return [
                    .disarm(timer(.close)),
                    reach(.closed(at: now), because: "Closed: the buyer accepted the resolution", at: now),
                ]
            }
            guard let reason, !reason.isEmpty else {
                let problem = Rejection.Problem("rejectedReason", "required where the resolution is rejected")
                throw Rejection(.invalid, "A rejected resolution needs a reason.", problems: [problem])
            }
            clock.reopen(at: now)
            return [
                .disarm(timer(.close)),
                reach(.reopened, because: reason, by: .buyer, at: now),
                tellDesk(.reopened),
            ]

        case .pending, .rejected, .accepted, .open, .inProgress, .onHold, .reopened, .closed, .cancelled:
            throw Rejection(
                .illegalTransition,
                "The ticket is \(status.rawValue).",
                problems: [Rejection.Problem("status", "not resolved")]
            )
        }
    }

    /// Nobody answered for 48 hours: it counts as accepted (T-016).
    mutating func closeUnanswered(at now: Date) -> [Effect] {
        switch state {
        case .resolved:
            [reach(.closed(at: now), because: "Closed: no answer for 48 hours, so taken as accepted", at: now)]

        case .pending, .rejected, .accepted, .open, .inProgress, .onHold, .reopened, .closed, .cancelled:
            []
        }
    }
}
