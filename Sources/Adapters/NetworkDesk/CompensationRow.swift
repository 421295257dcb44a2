import Domain
import FoundationEssentials
import Formats

/// What one ticket says about compensation: when it was accepted, resolved and closed, whose the days of delay are, and
/// which visits did not take place.
struct CompensationRow: Sendable {
    let ticket: FaultReport
    let accepted: Date
    let ended: Date

    /// `nil` for a ticket that still lives, or never was the operator's.
    init?(_ ticket: FaultReport) {
        guard let accepted = ticket.clock.started, let ended = ticket.ended else { return nil }
        self.ticket = ticket
        self.accepted = accepted
        self.ended = ended
    }

    private var missed: [(visit: Visit, cause: MissedVisit)] {
        ticket.visits.compactMap { visit in
            guard case .missed(let cause) = visit.state else { return nil }
            return (visit, cause)
        }
    }
}

extension CompensationRow {
    func write(to json: inout JSONWriter) {
        json.field("maintainerFaultReference", ticket.reference)
        json.field("buyerFaultReference", ticket.buyerReference)
        json.field("parentFaultReference", ticket.parentReference)
        json.field("buyer", ticket.buyer.account?.rawValue)
        json.field("customer", ticket.buyer.customer?.id.rawValue)
        json.field("buyerIdentifier", ticket.buyerIdentifier)
        json.field("serviceAffected", ticket.service.rawValue)
        json.field("type", ticket.details.type.name)
        json.field("status", ticket.status.rawValue)
        json.date("accepted", accepted)
        json.date("resolved", ticket.clock.resolved)
        json.date("closed", ended)
        json.delay(ticket.delay(at: ended))
        json.array("pauses") { json in
            for pause in ticket.clock.pauses { json.object { $0.pause(pause) } }
        }
        json.array("missedAppointments") { json in
            for (visit, cause) in missed {
                json.object { json in
                    json.field("appointmentReservationKey", visit.key)
                    json.field("appointmentDate", visit.slot.day.description)
                    json.field("appointmentStartTime", visit.slot.startTime)
                    json.field("appointmentEndTime", visit.slot.endTime)
                    json.flags(cause)
                }
            }
        }
    }
}

extension CompensationRow {
    static let columns = [
        "maintainerFaultReference", "buyerFaultReference", "parentFaultReference", "buyer", "buyerIdentifier",
        "serviceAffected", "type", "status", "accepted", "resolved", "closed", "totalDelayInDays", "sellerDelayDays",
        "nonSellerDelayDays", "exclusions", "pauses", "missedAppointments", "customer",
    ]

    /// In the order of ``columns``. What is a list in JSON is one cell, its parts divided by `; `.
    var cells: [String] {
        let delay = ticket.delay(at: ended)
        return [
            ticket.reference, ticket.buyerReference, ticket.parentReference ?? "",
            ticket.buyer.account?.rawValue ?? "",
            ticket.buyerIdentifier, ticket.service.rawValue, ticket.details.type.name, ticket.status.rawValue,
            Timestamp.format(accepted), ticket.clock.resolved.map(Timestamp.format) ?? "", Timestamp.format(ended),
            String(delay.total), String(delay.seller), String(delay.nonSeller),
            delay.exclusions.map { "\($0.reason) \($0.days) \(Self.span($0.from, $0.until))" }.joined(separator: "; "),
            ticket.clock.pauses.map { "\($0.code ?? "-") \(Self.span($0.from, $0.until))" }.joined(separator: "; "),
            missed.map { visit, cause in
                let flags = cause.flags.map { "\($0.key)=\($0.value ? "Y" : "N")" }.joined(separator: " ")
                return "\(visit.key) \(visit.slot.day) \(visit.slot.startTime)-\(visit.slot.endTime) \(flags)"
            }
            .joined(separator: "; "),
            ticket.buyer.customer?.id.rawValue ?? "",
        ]
    }

    /// As ISO 8601 spells an interval.
    private static func span(_ from: Date, _ until: Date?) -> String {
        "\(Timestamp.format(from))/\(until.map(Timestamp.format) ?? "")"
    }
}
