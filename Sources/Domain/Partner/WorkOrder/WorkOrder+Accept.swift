import FoundationEssentials

extension WorkOrder {
    /// The office says yes; the operator learns our number by it. Again, it is said already.
    package mutating func accept(at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .open(.received):
            return try tell(.accepted, as: .accepted, reaching: .accepted, at: now, now: now)
        case .open:
            return []
        case .closing, .closed, .declining, .declined, .cancelled:
            throw Rejection(.illegalTransition, "Job \(reference) is \(stateName); it cannot be accepted.")
        }
    }
}
