import Domain
import Formats

/// A request to amend or to cancel a problem as its tenant reads it (G-114, G-115).
enum ProblemChangeView {
    static func collection(of wish: ProblemChange.Wish) -> String {
        switch wish {
        case .amendment: "service-problem-amendments"
        case .cancellation: "service-problem-cancellations"
        }
    }

    static func json(_ change: ProblemChange) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.number("id", change.id)
                json.number("serviceProblemId", change.problem)
                json.field("supplier", change.supplier.rawValue)
                json.field("status", change.status.rawValue)
                json.field("reason", reason(of: change))
                switch change.wish {
                case .amendment(let amendment): write(amendment, to: &json)
                case .cancellation(let cancellation):
                    json.field("reasonCode", cancellation.reason.rawValue)
                    json.field("text", cancellation.text)
                }
                json.date("created", change.created)
                json.date("updated", change.updated)
            }
        }
    }

    private static func write(_ amendment: ProblemAmendment, to json: inout JSONWriter) {
        json.field("problemText", amendment.problemText)
        if amendment.isEscalation { json.field("escalationRequest", true) }
        json.number("appointmentReservationId", amendment.reservation)
        json.contactChange("primaryContact", amendment.primaryContact)
        json.contactChange("secondaryContact", amendment.secondaryContact)
        if !amendment.characteristics.isEmpty { json.characteristics("characteristics", amendment.characteristics) }
        json.site(amendment.site)
    }

    /// Why it came to nothing, if it did.
    private static func reason(of change: ProblemChange) -> String? {
        switch change.state {
        case .rejected(let reason, _), .failedToSend(let reason): reason
        case .receivedByGateway, .pending, .completed: nil
        }
    }
}
