import FoundationEssentials

extension Reservation {
    /// One text for unknown, foreign, expired, used and mismatched, so that nobody learns another's numbers
    /// (decision 37).
    package static let unusable = Rejection(
        .reservationUnusable,
        "The appointment reservation cannot be used.",
        problems: [
            Rejection.Problem("/appointmentReservationId", "is unknown, expired, already used or for another purpose")
        ]
    )

    /// An order or a problem takes the slot, in the commit in which it is accepted: a slot is used once.
    ///
    /// At the very moment of expiry it is too late: by then the supplier may have given the slot away.
    package mutating func use(
        by user: EntityRef,
        of supplier: SupplierID,
        for purpose: AppointmentPurpose,
        at now: Date
    ) throws(Rejection) -> (BookedVisit, [Effect]) {
        switch state {
        case .held(let reference, let until):
            guard now < until, request.purpose == purpose, request.supplier == supplier else { throw Self.unusable }
            state = .used(supplierReference: reference, by: user, at: now)
            let visit = BookedVisit(reservation: id, supplierReference: reference, slot: slot)
            return (visit, [.disarm(timer(.expires))])
        case .requesting, .used, .released, .expired, .refused, .unknown: throw Self.unusable
        }
    }
}
