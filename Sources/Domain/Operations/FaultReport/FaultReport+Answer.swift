import FoundationEssentials

extension FaultReport {
    /// What is wrong with a refusal of the resolution that says nothing.
    package static let reasonRequired = Rejection.Problem(
        "rejectedReason",
        "required where the resolution is rejected"
    )

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
                throw Rejection(.invalid, "A rejected resolution needs a reason.", problems: [Self.reasonRequired])
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
