import FoundationEssentials

extension Appointment {
    /// The visit is called off, by the customer or by the operator. Not once the engineer is there (§3.6).
    package mutating func cancel(at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .reserved, .confirmed:
            state = .cancelled(at: now)
            // A slot that has begun is of no use to anybody else.
            return [.disarm(timer(.expires))] + (now < slot.start ? [slotGivenBack] : [])

        case .cancelled, .released, .expired:
            return []

        case .inAttendance, .completed, .missed, .failed:
            throw refused("cannot be cancelled")
        }
    }

    /// A later appointment took its place. One whose visit has begun or ended keeps its own history.
    mutating func giveWay(at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .reserved: try release(at: now)
        case .confirmed: try cancel(at: now)
        case .inAttendance, .completed, .cancelled, .missed, .released, .expired, .failed: []
        }
    }

    /// The operator cannot honour it.
    package mutating func fail(because reason: String, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .reserved, .confirmed:
            state = .failed(reason: reason, at: now)
            return [.disarm(timer(.expires))] + (now < slot.start ? [slotGivenBack] : [])

        case .failed:
            return []

        case .inAttendance, .completed, .cancelled, .missed, .released, .expired:
            throw refused("cannot fail")
        }
    }
}
