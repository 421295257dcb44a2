import FoundationEssentials

extension Reservation {
    /// How long the same request may be tried again before the outcome counts as unknown (decision 3).
    package static let answerWithin: TimeInterval = 60

    /// Written down before the supplier is asked, so that a slot held for us is never forgotten (decision 3).
    package static func request(
        _ id: ID<Reservation>,
        _ request: ReservationRequest,
        for tenant: TenantID,
        in conversation: ConversationID,
        requestKey: String,
        at now: Date
    ) throws(Rejection) -> (Reservation, [Effect]) {
        guard request.purpose != .repair || request.serviceID != nil else {
            throw Rejection(
                .invalid,
                "A repair is of a service.",
                problems: [Rejection.Problem("/serviceId", "is required for REPAIR")]
            )
        }
        let reservation = Reservation(
            id: id,
            tenant: tenant,
            conversation: conversation,
            created: now,
            updated: now,
            request: request,
            slot: request.slot,
            requestKey: requestKey
        )
        return (reservation, [.arm(reservation.timer(.unanswered), at: now + answerWithin)])
    }
}
