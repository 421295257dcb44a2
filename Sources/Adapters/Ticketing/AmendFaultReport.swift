import Domain
import Engine
import FoundationEssentials
import Formats

/// `amendFaultReport` (T-033): what is absent stays as it was; `status` cancelled gives the ticket up.
struct AmendFaultReport {
    var header: TicketHeader
    var buyerReference: String
    var maintainerReference: String?
    var amendment = FaultAmendment()
    var key: String?
    /// When the visit behind the key is, where the writer knows.
    var slot: TimeSlot?
    /// Names of files that are added.
    var attachments: [String] = []
}

extension AmendFaultReport {
    init(_ fields: TicketFields, at now: Date) throws(TicketingProblem) {
        header = TicketHeader(fields)
        buyerReference = fields.required("buyerFaultReference", max: TicketHeader.charactersMax)
        maintainerReference = fields.maintainerReference()
        key = fields.reservationKey()
        amendment.service = fields.text("serviceAffected").map { ServiceID($0) }
        amendment.reported = fields.date("reportDateTime")
        amendment.parentReference = fields.text("parentFaultReference", max: TicketHeader.charactersMax)
        amendment.reporter = fields.contact("reporterContactDetails")
        amendment.endUser = fields.contact("endUserContactDetails")
        amendment.priority = fields.integer("priorityLevel")
        amendment.updates = fields.updates(at: now)
        amendment.comment = fields.comment(at: now)
        if let found = fields.element.first("faultDetails") {
            amendment.description = fields.text("description", in: found)
            amendment.type = fields.text("type", in: found).map { fields.faultType($0, in: found) }
            amendment.status = fields.text("status", in: found).flatMap(FaultStatus.init)
            amendment.statusReason = fields.text("statusReason", in: found)
            amendment.started = fields.date("faultStartTime", in: found)
            amendment.location = fields.text("faultLocation", in: found)
            amendment.siteAccess = fields.text("siteAccessDetails", in: found)
            amendment.siteContact = fields.contact("siteAccessContactDetails", in: found)
            amendment.triageComplete = fields.bool("triageComplete", in: found)
            amendment.triageFindings = fields.text("triageFindings", in: found)
        }
        attachments = fields.attachments()
        try fields.finish()
    }

    /// As a buyer sends it: what changes, a comment, or the wish to give the ticket up.
    func write(to xml: inout XMLWriter) {
        xml.element("amendFaultReport") { xml in
            header.write(to: &xml)
            if let reporter = amendment.reporter { xml.contact("reporterContactDetails", reporter) }
            if let endUser = amendment.endUser { xml.contact("endUserContactDetails", endUser) }
            xml.text("buyerFaultReference", buyerReference)
            xml.text("maintainerFaultReference", maintainerReference)
            if amendment.changesDetails {
                xml.element("faultDetails") { xml in
                    xml.text("description", amendment.description)
                    xml.text("status", amendment.status?.rawValue)
                    xml.text("statusReason", amendment.statusReason)
                    xml.dateTime("faultStartTime", amendment.started)
                    xml.text("siteAccessDetails", amendment.siteAccess)
                    if let contact = amendment.siteContact { xml.contact("siteAccessContactDetails", contact) }
                }
            }
            xml.comment(amendment.comment)
            xml.attachments(attachments.map { TicketReceipt.Attachment(name: $0) })
            if let key {
                xml.element("appointment") { xml in
                    if let slot { xml.slot(slot) }
                    xml.text("appointmentReservationKey", key)
                }
            }
            xml.text("priorityLevel", amendment.priority)
        }
    }
}

extension FaultAmendment {
    /// Whether anything that a message has among `faultDetails` is there to be written.
    fileprivate var changesDetails: Bool {
        description != nil || status != nil || started != nil || siteAccess != nil || siteContact != nil
    }
}

extension Ticketing {
    func amendFaultReport(
        _ request: TicketingRequest,
        _ caller: TicketingCaller
    ) async throws -> TicketingAnswer {
        let fields = TicketFields(request.element, isStrict: caller.terms.isStrict == true)
        var message = try AmendFaultReport(fields, at: exchange.time.now())
        try caller.check(message.header)
        message.amendment.attachments = wishes(for: message.attachments)
        return try await answer(.amendFaultReport, request, message.header, caller, fields.warnings) {
            [book, message] change in
            let known = try change.ticket(
                of: caller.buyer,
                message.header.buyerIdentifier,
                message.buyerReference,
                message.maintainerReference
            )
            // A key that the ticket has is no new appointment: buyers send the whole report again.
            let isNew = message.key.map { key in !known.visits.contains { $0.key.isExactly(key) } } ?? false
            let visit =
                try isNew
                ? message.key.map {
                    try book.visit(behind: $0, of: caller.buyer, for: known.ref, in: &change)
                } : nil
            let ticket = try change.decide(known.id) { ticket, now in
                try ticket.amend(message.amendment, visit: visit, at: now)
            }
            return (ticket, 200)
        }
    }
}

extension Change {
    /// A buyer's ticket by both references (T-013). Another buyer's is as absent as one that never was.
    func ticket(
        of buyer: BuyerID,
        _ identifier: String,
        _ buyerReference: String,
        _ maintainerReference: String?
    ) throws -> FaultReport {
        let value = FaultReport.buyerReferenceValue(buyer: buyer, identifier: identifier, reference: buyerReference)
        guard let ticket = try find(FaultReport.self, by: FaultReport.buyerReferenceKey, value, limit: 1).first else {
            throw Rejection(.notFound, "There is no such fault report.")
        }
        guard maintainerReference == nil || maintainerReference == ticket.knownReference else {
            throw Rejection(
                .notFound,
                "There is no such fault report.",
                problems: [Rejection.Problem("maintainerFaultReference", "no such fault report")]
            )
        }
        return ticket
    }
}
