import FoundationEssentials

extension FaultReport {
    /// The appointment rule (T-012): a total loss of service needs one, anything else may have none.
    ///
    /// Apart from ``add(_:claim:visit:prior:isServiceKnown:pace:at:)``, so that a key is only looked up where one is due.
    package static func checkAppointmentRule(type: FaultType, hasKey: Bool) throws(Rejection) {
        guard type.requiresAppointment != hasKey else { return }
        let problem =
            hasKey
            ? "not allowed for the type \(type.name)" : "required for the type \(type.name)"
        throw Rejection(
            .appointmentRule,
            "An appointment reservation key is \(problem).",
            problems: [Rejection.Problem("appointmentReservationKey", problem)]
        )
    }

    /// Says everything that is wrong with a report at once (T-011, X-24), before any key is looked at.
    package static func examine(_ claim: FaultClaim, prior: FaultReport?, isServiceKnown: Bool) throws(Rejection) {
        var problems: [Rejection.Problem] = []
        if claim.buyerIdentifier.isEmpty { problems.append(Rejection.Problem("buyerIdentifier", "must not be empty")) }
        if !isServiceKnown { problems.append(Rejection.Problem("serviceAffected", "no such service")) }
        let contacts = [claim.reporter, claim.endUser, claim.details.siteContact]
        if !contacts.contains(where: { $0?.isReachable == true }) {
            problems.append(Rejection.Problem("reporterContactDetails", "some contact needs a phone or an email"))
        }
        if let reference = claim.priorReference {
            let isUsable =
                prior.map { !$0.isEnded && $0.owner == claim.buyer.owner && $0.service == claim.service } ?? false
            if !isUsable {
                problems.append(
                    Rejection.Problem("maintainerFaultReference", "\(reference) is no unclosed ticket on this service")
                )
            }
        }
        problems += Self.problems(with: claim.attachments, beside: [])
        guard problems.isEmpty else { throw Rejection(.invalid, "The report cannot be accepted.", problems: problems) }
    }

    /// A buyer reports a fault; ``examine(_:prior:isServiceKnown:)`` and ``checkAppointmentRule(type:hasKey:)`` hold.
    ///
    /// - Parameters:
    ///   - visit: the appointment behind the reservation key, confirmed in the same commit.
    ///   - prior: the ticket that `priorReference` names, if there is one that the buyer may know.
    package static func add(
        _ id: ID<FaultReport>,
        claim: FaultClaim,
        visit: Visit?,
        prior: FaultReport?,
        isServiceKnown: Bool,
        pace: Pace,
        at now: Date
    ) throws(Rejection) -> (FaultReport, [Effect]) {
        try examine(claim, prior: prior, isServiceKnown: isServiceKnown)
        try checkAppointmentRule(type: claim.details.type, hasKey: visit != nil)

        var ticket = FaultReport(id: id, claim: claim, pace: pace, at: now)
        ticket.updates = Array(claim.updates.prefix(updatesMax))
        ticket.comment = claim.comment
        if let visit { ticket.visits = [visit] }
        ticket.announce(claim.attachments, at: now)
        return (ticket, [.arm(ticket.timer(.accept), at: now + pace.faultAcceptance)])
    }
}
