import Domain
import Engine
import FoundationEssentials
import Formats

/// `requestFaultReportUpdate` (T-035): acknowledged at once; the whole ticket follows as a notification (G-141).
struct RequestFaultReportUpdate: Equatable {
    var header: TicketHeader
    var buyerReference: String
    var maintainerReference: String
}

extension RequestFaultReportUpdate {
    init(_ fields: TicketFields) throws(TicketingProblem) {
        header = TicketHeader(fields)
        buyerReference = fields.required("buyerFaultReference", max: TicketHeader.charactersMax)
        maintainerReference = fields.required("maintainerFaultReference", max: TicketHeader.charactersMax)
        if maintainerReference.first == "(" {
            fields.report("maintainerFaultReference", "a placeholder of the published samples (X-07)")
        }
        try fields.finish()
    }

    func write(to xml: inout XMLWriter) {
        xml.element("requestFaultReportUpdate") { xml in
            header.write(to: &xml)
            xml.text("maintainerFaultReference", maintainerReference)
            xml.text("buyerFaultReference", buyerReference)
        }
    }
}

extension Ticketing {
    func requestFaultReportUpdate(
        _ request: TicketingRequest,
        _ caller: TicketingCaller
    ) async throws -> TicketingAnswer {
        let fields = TicketFields(request.element, isStrict: caller.terms.isStrict == true)
        let message = try RequestFaultReportUpdate(fields)
        try caller.check(message.header)
        return try await answer(.requestFaultReportUpdate, request, message.header, caller, fields.warnings) { change in
            let known = try change.ticket(
                of: caller.buyer,
                message.header.buyerIdentifier,
                message.buyerReference,
                message.maintainerReference
            )
            return (try change.decide(known.id) { $0.requestUpdate(at: $1) }, 200)
        }
    }
}
