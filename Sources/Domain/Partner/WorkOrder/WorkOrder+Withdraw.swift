import FoundationEssentials

extension WorkOrder {
    /// The operator's `cancelJob` (G-129). An engineer on the way turns round; one on site has begun, and the operator
    /// decides.
    ///
    /// - Parameter isForced: the operator has decided.
    package mutating func withdraw(
        because reason: JobCancellation,
        text: String?,
        isForced: Bool = false,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        switch state {
        case .open(let stage) where stage >= .onSite && !isForced:
            throw Rejection(.illegalTransition, "Job \(reference) is \(stateName): the engineer is there.")
        case .open:
            state = .cancelled(reason: reason, text: text, at: now)
            remember(.cancelled, at: now, recorded: now)
            return []
        case .cancelled, .declined:
            return []
        case .closing, .closed, .declining:
            throw Rejection(.illegalTransition, "Job \(reference) is \(stateName).")
        }
    }
}
