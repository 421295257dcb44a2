import Domain
import FoundationEssentials
import Formats

/// A notification as a buyer understands it, leniently.
struct ReceivedNotification {
    let header: TicketHeader
    let buyerReference: String
    let news: TicketNews
    let warnings: [String]
}

extension ReceivedNotification {
    init(_ fields: TicketFields, at now: Date) throws(TicketingProblem) {
        header = TicketHeader(fields)
        buyerReference = fields.required("buyerFaultReference")
        let details = fields.element.first("faultDetails")
        guard let details, let status = fields.text("status", in: details).flatMap(TicketNews.Status.init) else {
            let text = "required: without it the notification says nothing"
            fields.report("status", text, in: details)
            try fields.finish()
            throw TicketingProblem(status: 400, "status", text)
        }
        let updates = fields.updates(at: now)
        let event = Self.classify(fields, details)
        news = TicketNews(
            message: MessageID(header.messageID),
            event: event,
            status: status,
            sentAt: header.sentAt ?? now,
            receivedOn: now,
            maintainerFaultReference: fields.maintainerReference(),
            statusReason: fields.text("statusReason", in: details),
            text: fields.comment(at: now)?.text ?? updates.last?.text,
            supplierCodes: Self.codes(fields),
            lateRepair: fields.lateRepair()
        )
        try fields.finish()
        warnings = fields.warnings
    }

    /// G-140: a missed visit, else what became of the latest, else a comment, else the status.
    static func classify(_ fields: TicketFields, _ details: XMLElement) -> TicketNews.Event {
        if let missed = details.first("missedAppointment") {
            let isEndUsers = isSet("endUserMissedAppointment", in: missed) || isSet("endUserPreAgreed", in: missed)
            if !["sellerMissedAppointment", "MBORC"].contains(where: { isSet($0, in: missed) }), !isEndUsers {
                fields.warn("the missed appointment names no cause (X-20)")
            }
            return .appointmentMissed(byEndUser: isEndUsers)
        }
        if let latest = latestAppointment(fields.element) {
            if fields.bool("appointmentCancelled", in: latest) == true { return .appointmentCancelled }
            if let code = fields.text("appointmentClosureCode", in: latest) {
                return .appointmentCompleted(closureCode: code)
            }
            switch fields.text("appointmentConfirmationStatus", in: latest)?.lowercased() {
            case "confirmed": return .appointmentConfirmed
            case "failed": return .appointmentFailed
            case .some(let other): fields.warn("the appointment's confirmation \(other) is unknown (X-06)")
            case nil: break
            }
        }
        return fields.element.first("comment") == nil ? .status : .amended
    }

    /// The last of the list, or the single one that the published schema has.
    private static func latestAppointment(_ element: XMLElement) -> XMLElement? {
        element.first("appointments")?.all("appointment").last ?? element.first("appointment")
    }

    private static func codes(_ fields: TicketFields) -> [String] {
        latestAppointment(fields.element).flatMap { fields.text("appointmentClosureCode", in: $0) }.map { [$0] } ?? []
    }

    private static func isSet(_ flag: String, in missed: XMLElement) -> Bool {
        missed.text(of: flag)?.uppercased() == "Y"
    }
}

extension TicketFields {
    /// What a closing notification says of the repair's delay (T-083); every part of it is optional.
    fileprivate func lateRepair() -> LateRepair? {
        guard let element = element.first("lateRepairNotification") else { return nil }
        func days(_ name: String) -> Int {
            guard let text = text(name, in: element) else { return 0 }
            guard let days = Int(text), LateRepair.daysRange.contains(days) else {
                warn("\(name) is no number of days from 0 to \(LateRepair.daysRange.upperBound)")
                return 0
            }
            return days
        }
        let seller = days("sellerDelayDays")
        let nonSeller = days("nonSellerDelayDays")
        let total = text("totalDelayInDays", in: element) == nil ? seller + nonSeller : days("totalDelayInDays")
        if total != seller + nonSeller {
            warn("the repair's \(total) days of delay are not the sum of \(seller) and \(nonSeller)")
        }
        return LateRepair(
            totalDays: total,
            sellerDays: seller,
            reasons: element.first("exclusions")?.all("exclusion").compactMap { text("exclusionReason", in: $0) } ?? []
        )
    }
}
