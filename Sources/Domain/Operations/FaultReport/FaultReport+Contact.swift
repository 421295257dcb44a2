import FoundationEssentials

extension FaultReport {
    /// The desk tried to reach the end user while the ticket waits (T-019). The buyer is told as by a comment.
    package mutating func contact(_ attempt: ContactAttempt, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .onHold:
            var problems: [Rejection.Problem] = []
            if let problem = problem(of: attempt, at: now) { problems.append(Rejection.Problem("/at", problem)) }
            if (clock.openPause?.contacts ?? []).count >= [ContactAttempt].contactsMax {
                let most = [ContactAttempt].contactsMax
                problems.append(Rejection.Problem("", "\(most) attempts on one hold are the most"))
            }
            guard problems.isEmpty else {
                throw Rejection(.invalid, "The attempt cannot be noted.", problems: problems)
            }
            clock.note(attempt)
            return say(attempt.text, by: .seller, at: now)

        case .pending, .rejected, .accepted, .open, .inProgress, .resolved, .reopened, .closed, .cancelled:
            throw refusal("attempts to reach the end user belong to a hold")
        }
    }

    func problem(of attempt: ContactAttempt, at now: Date) -> String? {
        if attempt.at > now { return "is in the future" }
        guard let started = clock.started, attempt.at >= started else { return "is before the ticket was accepted" }
        return nil
    }
}
