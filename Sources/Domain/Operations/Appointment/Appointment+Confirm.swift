import FoundationEssentials

extension Appointment {
    /// An order or a ticket uses the key: the visit is agreed (§3.6). The same one may say so again.
    ///
    /// Every other refusal reads the same, whether the key was used, expired or given back (decision 37).
    package mutating func confirm(by user: EntityRef, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .reserved(let until):
            guard now < until else { throw Self.unusable }
            state = .confirmed(by: user)
            let superseded = replaces.map { Effect.tell(.appointment(id: $0, input: .superseded(by: id))) }
            return [.disarm(timer(.expires))] + (superseded.map { [$0] } ?? [])

        case .confirmed(let earlier), .inAttendance(let earlier, _):
            guard earlier == user else { throw Self.unusable }
            return []

        case .completed, .cancelled, .missed, .released, .expired, .failed:
            throw Self.unusable
        }
    }

    /// The one answer to a key that is unknown, another's, used, expired or for another purpose.
    package static var unusable: Rejection {
        Rejection(.reservationUnusable, "The appointment reservation cannot be used: unknown, used, or expired.")
    }
}
