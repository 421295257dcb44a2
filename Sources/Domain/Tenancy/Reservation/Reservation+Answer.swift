import FoundationEssentials

/// What became of the question to the supplier.
extension Reservation {
    /// The supplier holds the slot for us. After we gave up it is too late: the slot is being released.
    package mutating func hold(
        _ reference: String,
        until: Date,
        slot: TimeSlot?,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        switch state {
        case .requesting:
            state = .held(supplierReference: reference, until: until)
            if let slot { self.slot = slot }
            return [.disarm(timer(.unanswered)), .arm(timer(.expires), at: until)]
        case .held, .used, .released, .expired, .refused, .unknown: throw illegal("an answer")
        }
    }

    package mutating func refuse(because reason: String, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .requesting:
            state = .refused(reason: reason)
            return [.disarm(timer(.unanswered))]
        case .held, .used, .released, .expired, .refused, .unknown: throw illegal("an answer")
        }
    }

    /// No answer came, and nobody knows whether the slot is held: the same question again, which holds no second slot.
    package mutating func askAgain(as id: MessageID, at now: Date) -> [Effect] {
        switch state {
        case .requesting:
            askedAgain = id
            let message = Message.appointmentRequested(as: id, purpose: request.purpose)
            return [.send(message, to: .supplier(id: request.supplier))]
        case .held, .used, .released, .expired, .refused, .unknown: return []
        }
    }

    /// Nobody knows whether the slot is held, so it is given back; suppliers that cannot do that let it expire.
    package mutating func giveUp(at now: Date) -> [Effect] {
        switch state {
        case .requesting:
            state = .unknown(since: now)
            return [.disarm(timer(.unanswered)), .send(.reservationReleased, to: .supplier(id: request.supplier))]
        case .held, .used, .released, .expired, .refused, .unknown: return []
        }
    }

    func illegal(_ what: String) -> Rejection {
        Rejection(.illegalTransition, "Reservation \(id) is \(stateName): \(what) is not possible.")
    }
}
