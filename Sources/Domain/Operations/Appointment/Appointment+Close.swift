import FoundationEssentials

extension Appointment {
    /// The engineer has arrived. From here the visit cannot be cancelled.
    package mutating func attend(at time: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .confirmed(let user):
            state = .inAttendance(by: user, since: time)
            return []

        case .inAttendance, .completed, .missed:
            // Reported again, or late (mobile signal): a visit never goes backwards.
            return []

        case .reserved, .cancelled, .released, .expired, .failed:
            throw refused("cannot be attended")
        }
    }

    /// The visit is over. The code says whether it took place at all (§3.6).
    package mutating func close(code: String, at time: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .confirmed(let user), .inAttendance(let user, _):
            if let guilty = Self.missedBy(code: code) {
                state = .missed(by: guilty, code: code, at: time)
            } else {
                state = .completed(by: user, code: code, at: time)
            }
            return []

        case .completed, .missed:
            return []

        case .reserved, .cancelled, .released, .expired, .failed:
            throw refused("cannot be closed")
        }
    }

    /// Who missed the visit, by the closure code; both contracts spell these codes alike. `nil`: it took place.
    static func missedBy(code: String) -> MissedBy? {
        switch code {
        case "NA", "RNA", "RNA/NA", "REVNA": .endUser
        case "FTA": .seller
        case "MBORC": .beyondControl
        case _: nil
        }
    }
}
