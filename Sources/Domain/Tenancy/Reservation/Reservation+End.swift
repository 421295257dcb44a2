import FoundationEssentials

extension Reservation {
    /// The tenant no longer wants it (G-045). Saying so again changes nothing.
    package mutating func release(at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .held:
            state = .released(at: now)
            return [.disarm(timer(.expires)), .send(.reservationReleased, to: .supplier(id: request.supplier))]
        case .released: return []
        case .requesting, .used, .expired, .refused, .unknown: throw illegal("a release")
        }
    }

    /// The order or amendment that took it came to nothing before the supplier heard of it: the slot is free again.
    mutating func giveBack(at now: Date) -> [Effect] {
        switch state {
        case .used:
            state = .released(at: now)
            return [.send(.reservationReleased, to: .supplier(id: request.supplier))]
        case .requesting, .held, .released, .expired, .refused, .unknown: return []
        }
    }

    /// The supplier's promise has run out; the supplier frees the slot by itself.
    mutating func expire(at now: Date) -> [Effect] {
        switch state {
        case .held:
            state = .expired(at: now)
            return []
        case .requesting, .used, .released, .expired, .refused, .unknown: return []
        }
    }
}
