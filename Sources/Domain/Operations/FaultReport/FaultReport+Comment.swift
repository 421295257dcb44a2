import FoundationEssentials

extension FaultReport {
    /// The desk says something to the buyer (T-067, T-101).
    package mutating func comment(_ text: String, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .accepted, .open, .inProgress, .onHold, .resolved, .reopened:
            return say(text, by: .seller, at: now)

        case .pending, .rejected, .closed, .cancelled:
            throw refusal("nothing can be said to it")
        }
    }

    /// A comment: the latest takes the place of the one before, and the history has them all.
    mutating func say(_ text: String, by party: TicketParty, at now: Date) -> [Effect] {
        comment = TicketUpdate(text: text, by: party, at: now)
        note(text, by: party, at: now)
        return [notify(.amended, showsComment: true, at: now)]
    }
}
