import Domain
import Engine
import FoundationEssentials
import Formats
import Storage

/// `addFaultReport` (T-032): a buyer reports a fault.
struct AddFaultReport {
    var header: TicketHeader
    var reported: Date?
    var reporter: TicketContact?
    var endUser: TicketContact?
    var service: String
    var buyerReference: String
    /// An unclosed ticket on the same service that this one refers to.
    var priorReference: String?
    var parentReference: String?
    var details: FaultDetails
    var appointment: (key: String, slot: TimeSlot?)?
    var priority: Int?
    var observedError: String?
    var updates: [TicketUpdate] = []
    /// Names of files.
    var attachments: [String] = []
}

extension AddFaultReport {
    /// - Throws: everything that is wrong with it beyond the schema (T-011, X-09, X-24).
    init(_ fields: TicketFields, at now: Date) throws(TicketingProblem) {
        guard let read = AddFaultReport(reading: fields, at: now) else {
            try fields.finish()
            throw TicketingProblem(status: 400, "faultDetails", "required")
        }
        try fields.finish()
        self = read
    }

    /// As far as it can be read: what is wrong is in `fields`. `nil` without any details.
    init?(reading fields: TicketFields, at now: Date) {
        header = TicketHeader(fields)
        if header.sentAt == nil { fields.report("sentAt", "required") }
        reported = fields.date("reportDateTime")
        reporter = fields.contact("reporterContactDetails")
        endUser = fields.contact("endUserContactDetails")
        service = fields.required("serviceAffected")
        buyerReference = fields.required("buyerFaultReference", max: TicketHeader.charactersMax)
        priorReference = fields.maintainerReference()
        parentReference = fields.text("parentFaultReference", max: TicketHeader.charactersMax)
        priority = fields.integer("priorityLevel")
        observedError = fields.text("errorMessage")
        appointment = fields.reservationKey().map { ($0, nil) }
        updates = fields.updates(at: now)
        attachments = fields.attachments()
        guard let found = fields.element.first("faultDetails") else {
            fields.report("faultDetails", "required")
            return nil
        }
        details = FaultDetails(
            description: fields.text("description", in: found),
            type: fields.faultType(fields.required("type", in: found), in: found),
            started: fields.requiredDate("faultStartTime", in: found) ?? now,
            location: fields.required("faultLocation", in: found),
            siteAccess: fields.required("siteAccessDetails", in: found),
            siteContact: fields.contact("siteAccessContactDetails", in: found) ?? TicketContact(),
            buyerTriage: Triage(
                isComplete: fields.bool("triageComplete", in: found) ?? false,
                findings: fields.required("triageFindings", in: found)
            )
        )
    }

    func write(to xml: inout XMLWriter) {
        xml.element("addFaultReport") { xml in
            header.write(to: &xml)
            xml.dateTime("reportDateTime", reported)
            if let reporter { xml.contact("reporterContactDetails", reporter) }
            if let endUser { xml.contact("endUserContactDetails", endUser) }
            xml.text("serviceAffected", service)
            xml.text("buyerFaultReference", buyerReference)
            xml.text("maintainerFaultReference", priorReference)
            xml.text("parentFaultReference", parentReference)
            xml.element("faultDetails") { xml in
                xml.text("description", details.description)
                xml.text("type", details.type.name)
                xml.dateTime("faultStartTime", details.started)
                xml.text("faultLocation", details.location)
                xml.text("siteAccessDetails", details.siteAccess)
                xml.contact("siteAccessContactDetails", details.siteContact)
                xml.text("triageComplete", details.buyerTriage.isComplete)
                xml.text("triageFindings", details.buyerTriage.findings)
            }
            xml.updates(updates)
            xml.attachments(attachments.map { TicketReceipt.Attachment(name: $0) })
            if let appointment {
                xml.element("appointment") { xml in
                    if let slot = appointment.slot { xml.slot(slot) }
                    xml.text("appointmentReservationKey", appointment.key)
                }
            }
            xml.text("priorityLevel", priority)
            xml.text("errorMessage", observedError)
        }
    }
}

extension Ticketing {
    /// 201 and `pending`; `accepted` follows as a notification (T-010).
    func addFaultReport(
        _ request: TicketingRequest,
        _ caller: TicketingCaller
    ) async throws -> TicketingAnswer {
        let now = exchange.time.now()
        let fields = TicketFields(request.element, isStrict: caller.terms.isStrict == true)
        let message = try AddFaultReport(fields, at: now)
        try caller.check(message.header)
        let id = try await exchange.draw(FaultReport.self)
        let conversation = caller.conversation ?? ConversationID(exchange.ids.messageID(at: now).rawValue)
        let files = wishes(for: message.attachments)
        return try await answer(.addFaultReport, request, message.header, caller, fields.warnings) {
            [book, pace] change in
            let claim = message.claim(of: caller.buyer, conversation, files)
            let prior = try claim.priorReference.flatMap(FaultReport.id(reference:)).flatMap { try change.find($0) }
            let premises = try book.premises(of: claim.service, in: change)
            try FaultReport.examine(claim, prior: prior, isServiceKnown: premises != nil)
            try FaultReport.checkAppointmentRule(type: claim.details.type, hasKey: message.appointment != nil)
            let reference = EntityRef(kind: FaultReport.kind, number: id.number)
            let visit = try message.appointment.map {
                try book.visit(behind: $0.key, of: caller.buyer, for: reference, in: &change)
            }
            let (ticket, effects) = try FaultReport.add(
                id,
                claim: claim,
                visit: visit,
                prior: prior,
                isServiceKnown: premises != nil,
                pace: pace,
                at: change.now
            )
            return (try change.found(ticket, effects), 201)
        }
    }
}

extension AddFaultReport {
    func claim(
        of buyer: BuyerID,
        _ conversation: ConversationID,
        _ files: [AttachmentWish]
    ) -> FaultClaim {
        FaultClaim(
            buyer: .account(id: buyer),
            buyerIdentifier: header.buyerIdentifier,
            buyerReference: buyerReference,
            service: ServiceID(service),
            conversation: conversation,
            reported: reported,
            parentReference: parentReference,
            priorReference: priorReference,
            reporter: reporter,
            endUser: endUser,
            details: details,
            priority: priority,
            observedError: observedError,
            updates: updates,
            attachments: files
        )
    }
}

extension AppointmentBook {
    /// The visit that a key stands for, agreed in this commit (§3.6). Where the service lives is not compared with the
    /// reservation's address: the service decides (decision 28).
    func visit(
        behind key: String,
        of buyer: BuyerID,
        for ticket: EntityRef,
        in change: inout Change
    ) throws -> Visit {
        let appointment = try use(key: key, purpose: .repair, of: .buyer(buyer), at: nil, by: ticket, in: &change)
        return Visit(key: appointment.key, slot: appointment.slot, appointment: appointment.id)
    }
}
