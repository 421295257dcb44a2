import Domain
import Engine
import FoundationEssentials
import Formats

/// `resolveResponse` (T-034): the buyer takes a resolution, or says why not.
struct ResolveResponse: Equatable {
    var header: TicketHeader
    var buyerReference: String
    var maintainerReference: String?
    var isAccepted: Bool
    var reason: String?

    /// Of `rejectedReason` as we write it; what is longer goes ahead as a comment.
    static let reasonCharactersMax = 36
}

extension ResolveResponse {
    init(_ fields: TicketFields) throws(TicketingProblem) {
        header = TicketHeader(fields)
        buyerReference = fields.required("buyerFaultReference", max: TicketHeader.charactersMax)
        maintainerReference = fields.maintainerReference()
        isAccepted = fields.bool("resolveAccepted") ?? false
        reason = fields.text("rejectedReason")
        if fields.bool("resolveAccepted") == nil {
            fields.report("resolveAccepted", "required")
        } else if !isAccepted, reason == nil {
            fields.report(FaultReport.reasonRequired.pointer, FaultReport.reasonRequired.message)
        }
        if let reason, reason.unicodeScalars.count > Self.reasonCharactersMax {
            fields.warn("rejectedReason is longer than \(Self.reasonCharactersMax) characters (X-52)")
        }
        try fields.finish()
    }

    func write(to xml: inout XMLWriter) {
        xml.element("resolveResponse") { xml in
            header.write(to: &xml)
            xml.text("resolveAccepted", isAccepted)
            xml.text("buyerFaultReference", buyerReference)
            xml.text("maintainerFaultReference", maintainerReference)
            xml.text("rejectedReason", reason)
        }
    }
}

extension Ticketing {
    func resolveResponse(
        _ request: TicketingRequest,
        _ caller: TicketingCaller
    ) async throws -> TicketingAnswer {
        let fields = TicketFields(request.element, isStrict: caller.terms.isStrict == true)
        let message = try ResolveResponse(fields)
        try caller.check(message.header)
        return try await answer(.resolveResponse, request, message.header, caller, fields.warnings) { change in
            let known = try change.ticket(
                of: caller.buyer,
                message.header.buyerIdentifier,
                message.buyerReference,
                message.maintainerReference
            )
            let ticket = try change.decide(known.id) { ticket, now in
                try ticket.answer(accepted: message.isAccepted, because: message.reason, at: now)
            }
            return (ticket, 200)
        }
    }
}
