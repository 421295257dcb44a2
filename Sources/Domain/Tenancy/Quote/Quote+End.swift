import FoundationEssentials

extension Quote {
    /// One text for unknown, foreign, expired and used, so that nobody learns another's numbers (G-032).
    package static let unusable = Rejection(
        .invalid,
        "The quote cannot be used.",
        problems: [Rejection.Problem("/supplierQuoteId", "is unknown, expired or already used")]
    )

    /// An order takes an offer up, in the commit in which it is accepted: an offer is used once, and at the very moment of
    /// its expiry it is too late.
    package mutating func accept(
        _ supplierQuoteID: String,
        of supplier: SupplierID,
        by user: EntityRef,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        for index in items.indices where items[index].wanted.supplier == supplier {
            guard case .offered(let offer) = items[index].state, offer.supplierQuoteID.isExactly(supplierQuoteID),
                now < offer.validUntil
            else { continue }
            items[index].state = .accepted(offer: offer, by: user)
            return timers
        }
        throw Self.unusable
    }

    /// What nobody took up in its time is gone.
    mutating func expire(at now: Date) -> [Effect] {
        for index in items.indices {
            guard case .offered(let offer) = items[index].state, offer.validUntil <= now else { continue }
            items[index].state = .expired(offer: offer)
        }
        return timers
    }
}
