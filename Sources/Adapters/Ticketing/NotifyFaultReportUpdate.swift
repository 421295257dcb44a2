import Domain
import Engine
import FoundationEssentials
import Formats

/// `notifyFaultReportUpdate` (T-090 to T-101): the seller tells the whole ticket after each change (T-014).
///
/// Written so that both schemas take it but for the list of appointments, and so that a reader who follows
/// G-140 knows what happened: a comment, a visit's outcome or a missed visit is in the notification of that change only.
package enum NotifyFaultReportUpdate {
    static let name = "notifyFaultReportUpdate"

    /// Spells a notification in the form that the buyer's profile names: in an envelope or bare, its root in the
    /// WSDL's namespace or in none.
    package static func spelling(
        of notification: FaultNotification,
        about ticket: FaultReport,
        to terms: BuyerTerms?,
        _ context: SpellingContext
    ) -> Spelling {
        .xml(
            XMLWriter.message(isEnveloped: terms?.usesEnvelope ?? false) {
                write(notification, ticket, terms, context, to: &$0)
            }
        )
    }

    private static func write(
        _ notification: FaultNotification,
        _ ticket: FaultReport,
        _ terms: BuyerTerms?,
        _ context: SpellingContext,
        to xml: inout XMLWriter
    ) {
        xml.element(name, rootNamespace: terms?.ticketNamespace?.uri) { xml in
            let header = TicketHeader(
                buyerIdentifier: ticket.buyerIdentifier,
                sentAt: context.now,
                messageID: context.messageID.rawValue
            )
            header.write(to: &xml)
            // Always, and empty where the buyer gave nothing.
            xml.dateTime("reportDateTime", ticket.reported)
            xml.contact("reporterContactDetails", ticket.reporter)
            xml.contact("endUserContactDetails", ticket.endUser)
            xml.text("serviceAffected", ticket.service.rawValue)
            xml.text("buyerFaultReference", ticket.buyerReference)
            xml.text("maintainerFaultReference", ticket.knownReference ?? "")
            xml.text("parentFaultReference", ticket.parentReference ?? "")
            xml.element("faultDetails") { details(notification, ticket, to: &$0) }
            xml.updates(Array(ticket.updates.prefix(notification.updates)))
            if notification.showsComment { xml.comment(ticket.comment) }
            xml.attachments(ticket.attachments.map { .init(name: $0.name, isUploaded: $0.isUploaded) })
            xml.text("priorityLevel", ticket.priority)
            if notification.change == .closed { xml.lateRepair(ticket.delay(at: context.now)) }
            guard let latest = ticket.visits.last, notification.change != .appointmentMissed else { return }
            switch terms?.appointmentStyle ?? .list {
            case .list:
                xml.element("appointments") { xml in
                    for visit in ticket.visits.dropLast() { appointment(visit, to: &xml) }
                    appointment(latest, after: notification.change, to: &xml)
                }
            case .single:
                appointment(latest, after: notification.change, to: &xml)
            }
        }
    }

    /// - Parameter change: for the latest, what has happened.
    private static func appointment(_ visit: Visit, after change: TicketChange? = nil, to xml: inout XMLWriter) {
        xml.element("appointment") { xml in
            xml.text("appointmentReservationKey", visit.key)
            xml.slot(visit.slot)
            if let change { outcome(of: visit, change, to: &xml) }
        }
    }

    private static func details(_ notification: FaultNotification, _ ticket: FaultReport, to xml: inout XMLWriter) {
        let details = ticket.details
        let triage = ticket.supplierTriage ?? Triage(isComplete: false, findings: "Not yet triaged")
        xml.text("description", details.description)
        xml.text("type", details.type.name)
        xml.text("status", notification.status.rawValue)
        xml.text("statusReason", notification.statusReason)
        xml.dateTime("faultStartTime", details.started)
        xml.text("faultLocation", details.location)
        xml.text("siteAccessDetails", details.siteAccess)
        xml.contact("siteAccessContactDetails", details.siteContact)
        xml.text("triageComplete", triage.isComplete)
        xml.text("triageFindings", triage.findings)
        guard notification.change == .appointmentMissed, let visit = ticket.visits.last,
            case .missed(let cause) = visit.state
        else { return }
        xml.element("missedAppointment") { xml in
            xml.text("appointmentReservationKey", visit.key)
            xml.slot(visit.slot)
            xml.flag("sellerMissedAppointment", cause.seller)
            xml.flag("Amended", false)
            xml.flag("Cancelled", false)
            xml.flag("endUserMissedAppointment", cause.endUser)
            xml.flag("endUserPreAgreed", cause.endUserPreAgreed)
            xml.flag("MBORC", cause.beyondControl)
        }
    }

    /// What became of the visit, in the notification of that alone (T-097 to T-099).
    private static func outcome(of visit: Visit, _ change: TicketChange, to xml: inout XMLWriter) {
        switch change {
        case .appointmentConfirmation, .appointmentCancelled, .appointmentCompleted: break
        case .pending, .rejected, .accepted, .open, .reopened, .inProgress, .resolved, .closed, .onHold, .cancelled,
            .amended, .appointmentMissed:
            return
        }
        switch visit.state {
        case .booked, .missed: break
        case .confirmed: xml.text("appointmentConfirmationStatus", "Confirmed")
        case .failed: xml.text("appointmentConfirmationStatus", "Failed")
        case .cancelled: xml.text("appointmentCancelled", "true")
        case .completed(let code):
            xml.text("appointmentConfirmationStatus", "Confirmed")
            xml.text("appointmentCancelled", "false")
            xml.text("appointmentClosureCode", code.rawValue)
        }
    }
}

extension XMLWriter {
    /// T-083, where there is something to say (G-141).
    fileprivate mutating func lateRepair(_ delay: RepairDelay) {
        guard delay.total > 0 else { return }
        element("lateRepairNotification") { xml in
            xml.text("totalDelayInDays", delay.total)
            xml.text("sellerDelayDays", delay.seller)
            xml.text("nonSellerDelayDays", delay.nonSeller)
            guard !delay.exclusions.isEmpty else { return }
            xml.element("exclusions") { xml in
                for exclusion in delay.exclusions {
                    xml.element("exclusion") { xml in
                        xml.text("exclusionReason", exclusion.reason)
                        xml.text("numberOfDays", exclusion.days)
                        xml.dateTime("startDateTime", exclusion.from)
                        xml.dateTime("endDateTime", exclusion.until)
                    }
                }
            }
        }
    }

    fileprivate mutating func flag(_ name: String, _ isSet: Bool) { text(name, isSet ? "Y" : "N") }
}
