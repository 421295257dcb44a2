import FoundationEssentials

extension FaultReport {
    /// The desk changes how urgent it is (T-063, T-101); the same again is no change.
    package mutating func prioritise(_ level: Int, because reason: String?, at now: Date) throws(Rejection) -> [Effect]
    {
        switch state {
        case .accepted, .open, .inProgress, .onHold, .resolved, .reopened:
            guard level != priority else { return [] }
            priority = level
            return say(reason ?? "The priority is now \(level)", by: .seller, at: now)

        case .pending, .rejected, .closed, .cancelled:
            throw refusal("its priority no longer matters")
        }
    }
}
