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

    /// For a reader who comes before the timer: a reservation past its time is expired now.
    package mutating func expireIfDue(at now: Date) -> [Effect] {
        guard case .reserved(let until) = state, now >= until else { return [] }
        return [.disarm(timer(.expires))] + expire(at: now)
    }

    /// Whether a new appointment may take its place (§3.6): it is still ahead, or came to nothing.
    package var canBeReplaced: Bool {
        switch state {
        case .reserved, .confirmed, .cancelled, .missed, .failed: true
        case .inAttendance, .completed, .released, .expired: false
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
