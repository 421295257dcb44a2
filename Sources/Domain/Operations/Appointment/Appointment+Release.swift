import FoundationEssentials

extension Appointment {
    /// The customer gives back what it never used. Saying so again changes nothing.
    package mutating func release(at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .reserved:
            state = .released(at: now)
            return [.disarm(timer(.expires)), slotGivenBack]

        case .released, .expired:
            return []

        case .confirmed, .inAttendance, .completed, .cancelled, .missed, .failed:
            throw refused("cannot be released")
        }
    }

    /// The reservation ran out: its key is refused from now on, and the slot is free (§3.6).
    mutating func expire(at now: Date) -> [Effect] {
        switch state {
        case .reserved(let until):
            guard now >= until else { return [.arm(timer(.expires), at: until)] }
            state = .expired(at: now)
            return [slotGivenBack]

        case .confirmed, .inAttendance, .completed, .cancelled, .missed, .released, .expired, .failed:
            return []
        }
    }
}
