import Domain
import FoundationEssentials
import Formats

/// What the desk reads of a ticket.
enum TicketView {
    static func json(_ ticket: FaultReport, at now: Date) -> [UInt8] {
        JSONWriter.bytes(reserving: 4_096) { json in json.object { write(ticket, at: now, to: &$0) } }
    }

    /// The ticket's own members; a reader adds history and deliveries of one.
    static func write(_ ticket: FaultReport, at now: Date, to json: inout JSONWriter) {
        json.field("maintainerFaultReference", ticket.reference)
        json.field("buyerFaultReference", ticket.buyerReference)
        json.field("parentFaultReference", ticket.parentReference)
        json.field("priorFaultReference", ticket.priorReference)
        json.field("buyer", ticket.buyer.account?.rawValue)
        json.field("customer", ticket.buyer.customer?.id.rawValue)
        json.field("buyerIdentifier", ticket.buyerIdentifier)
        json.field("conversation", ticket.conversation.rawValue)
        json.field("serviceAffected", ticket.service.rawValue)
        json.field("type", ticket.details.type.name)
        json.field("description", ticket.details.description)
        json.field("observedError", ticket.observedError)
        json.field("status", ticket.status.rawValue)
        json.field("statusReason", ticket.statusReason)
        json.field("priorityLevel", ticket.priority)
        json.date("created", ticket.created)
        json.date("updated", ticket.updated)
        json.date("ended", ticket.ended)
        json.date("reportDateTime", ticket.reported)
        json.date("faultStartTime", ticket.details.started)
        json.field("faultLocation", ticket.details.location)
        json.field("siteAccessDetails", ticket.details.siteAccess)
        json.contact("siteAccessContactDetails", ticket.details.siteContact)
        json.contact("reporterContactDetails", ticket.reporter)
        json.contact("endUserContactDetails", ticket.endUser)
        json.triage("buyerTriage", ticket.details.buyerTriage)
        json.triage("supplierTriage", ticket.supplierTriage)
        json.array("appointments") { json in
            for visit in ticket.visits { json.object { visit.writeForDesk(to: &$0) } }
        }
        json.array("updates") { json in
            for update in ticket.updates { json.object { $0.update(update) } }
        }
        json.array("attachments") { json in
            for attachment in ticket.attachments { json.object { $0.attachment(attachment) } }
        }
        if let comment = ticket.comment { json.object("comment") { $0.update(comment) } }
        json.object("sla") { writeClock(of: ticket, at: now, to: &$0) }
    }

    /// The repair clock and what follows from it (T-018, T-083). Durations are in whole seconds.
    private static func writeClock(of ticket: FaultReport, at now: Date, to json: inout JSONWriter) {
        let clock = ticket.clock
        let end = ticket.ended ?? now
        let delay = ticket.delay(at: now)
        json.field("clock", clock.motion(ended: ticket.ended).rawValue)
        json.date("started", clock.started)
        json.date("resolved", clock.resolved)
        json.date("repairDue", clock.repairDue(until: end))
        json.field("runningSeconds", Int(clock.running(until: end)))
        json.field("pausedSeconds", Int(clock.paused(until: end)))
        json.delay(delay)
        json.array("pauses") { json in
            for pause in clock.pauses { json.object { $0.pause(pause) } }
        }
        json.array("refusedResolutions") { json in
            for stop in clock.refusedResolutions {
                json.object { json in
                    json.date("from", stop.from)
                    json.date("until", stop.until)
                }
            }
        }
    }
}

extension JSONWriter {
    /// `{filename, uploaded, bytes?, sha256?}`; the file itself is at `attachments/{filename}`.
    fileprivate mutating func attachment(_ attachment: Attachment) {
        field("filename", attachment.name)
        field("uploaded", attachment.isUploaded)
        field("bytes", attachment.content?.bytes)
        field("sha256", attachment.content?.hash)
    }

    /// T-083's members, under its names.
    mutating func delay(_ delay: RepairDelay) {
        field("totalDelayInDays", delay.total)
        field("sellerDelayDays", delay.seller)
        field("nonSellerDelayDays", delay.nonSeller)
        array("exclusions") { json in
            for exclusion in delay.exclusions {
                json.object { json in
                    json.field("exclusionReason", exclusion.reason)
                    json.field("numberOfDays", exclusion.days)
                    json.date("startDateTime", exclusion.from)
                    json.date("endDateTime", exclusion.until)
                }
            }
        }
    }

    mutating func pause(_ pause: RepairClock.Pause) {
        date("from", pause.from)
        date("until", pause.until)
        field("reasonCode", pause.code)
        field("reason", pause.reason)
        let contacts = pause.contacts ?? []
        array("contactAttempts") { json in
            for contact in contacts {
                json.object { json in
                    json.field("kind", contact.kind.rawValue)
                    json.field("outcome", contact.outcome.rawValue)
                    json.date("at", contact.at)
                }
            }
        }
        field("contactExhausted", contacts.isExhausted)
    }

    fileprivate mutating func contact(_ key: String, _ contact: TicketContact?) {
        guard let contact else { return }
        object(key) { json in
            json.field("name", contact.name)
            json.field("phone", contact.phone)
            json.field("email", contact.email)
        }
    }

    fileprivate mutating func triage(_ key: String, _ triage: Triage?) {
        guard let triage else { return }
        object(key) { json in
            json.field("complete", triage.isComplete)
            json.field("findings", triage.findings)
        }
    }

    fileprivate mutating func update(_ update: TicketUpdate) {
        field("description", update.text)
        field("updatedBy", update.by.rawValue)
        date("updatedTime", update.at)
    }
}

extension Visit {
    /// What the desk reads of an appointment; its news have the same member.
    func writeForDesk(to json: inout JSONWriter) {
        json.field("appointmentReservationKey", key)
        json.date("start", slot.start)
        json.date("end", slot.end)
        switch state {
        case .booked: json.field("state", "booked")
        case .confirmed: json.field("state", "confirmed")
        case .failed: json.field("state", "failed")
        case .cancelled: json.field("state", "cancelled")
        case .completed(let code):
            json.field("state", "completed")
            json.field("closureCode", code.rawValue)
        case .missed(let cause):
            json.field("state", "missed")
            json.object("missedAppointment") { $0.flags(cause) }
        }
    }
}

extension JSONWriter {
    /// T-081's flags, `Y` or `N`.
    mutating func flags(_ cause: MissedVisit) {
        for (name, isSet) in cause.flags { field(name, isSet ? "Y" : "N") }
    }
}

extension MissedVisit {
    /// In the contract's order. The operator neither amends nor cancels an appointment by missing it.
    var flags: KeyValuePairs<String, Bool> {
        [
            "sellerMissedAppointment": seller, "Amended": false, "Cancelled": false,
            "endUserMissedAppointment": endUser, "endUserPreAgreed": endUserPreAgreed, "MBORC": beyondControl,
        ]
    }
}
