import FoundationEssentials

extension FaultReport {
    /// The ticket waits for something outside the operator's control; the repair clock stops (T-018).
    ///
    /// - Parameters:
    ///   - code: what it waits for; one in the operator's own control is refused.
    ///   - contacts: tries to reach the end user that led to it (T-019).
    package mutating func hold(
        for code: String = HoldReason.customer.code,
        because reason: String,
        contacts: [ContactAttempt] = [],
        at now: Date
    ) throws(Rejection) -> [Effect] {
        switch state {
        case .open, .inProgress:
            return wait(
                for: try checkHold(code, contacts, at: now),
                because: reason,
                contacts: contacts,
                at: now
            )

        case .pending, .rejected, .accepted, .onHold, .resolved, .reopened, .closed, .cancelled:
            throw refusal("only an open one or one in progress can be held")
        }
    }

    /// The same without a question, for the holds that a visit's outcome brings.
    mutating func wait(
        for cause: HoldReason,
        because reason: String,
        contacts: [ContactAttempt] = [],
        at now: Date
    ) -> [Effect] {
        clock.pause(at: now, for: cause, because: reason, contacts: contacts)
        for contact in contacts { note(contact.text, by: .seller, at: contact.at) }
        return [.disarm(timer(.settleVisit)), reach(.onHold(since: now), because: reason, at: now)]
    }

    private func checkHold(_ code: String, _ contacts: [ContactAttempt], at now: Date) throws(Rejection) -> HoldReason {
        var problems: [Rejection.Problem] = []
        if let problem = HoldReason.problem(of: code) { problems.append(Rejection.Problem("/reasonCode", problem)) }
        if contacts.count > [ContactAttempt].contactsMax {
            problems.append(Rejection.Problem("/contactAttempts", "at most \([ContactAttempt].contactsMax)"))
        }
        for (index, contact) in contacts.enumerated() {
            if let problem = problem(of: contact, at: now) {
                problems.append(Rejection.Problem("/contactAttempts/\(index)/at", problem))
            }
        }
        if clock.pauses.count >= RepairClock.pausesMax {
            problems.append(Rejection.Problem("status", "held \(RepairClock.pausesMax) times, which is the most"))
        }
        guard problems.isEmpty, let cause = HoldReason.named(code) else {
            throw Rejection(.invalid, "The ticket cannot be held so.", problems: problems)
        }
        return cause
    }
}
