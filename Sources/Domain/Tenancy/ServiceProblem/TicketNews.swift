import FoundationEssentials

/// What a supplier's ticket notification says of a problem, understood (T-014, G-140): the ticket in full, and which
/// event it tells of.
package struct TicketNews: Codable, Equatable, Sendable {
    /// T-072. Stored as the wire spells them.
    package enum Status: String, Codable, CaseIterable, Sendable {
        case pending
        case rejected
        case accepted
        case open
        case reopened = "re-opened"
        case inProgress = "in-progress"
        case resolved
        case closed
        case onHold = "on-hold"
        case cancelled
    }

    /// Which of the notifications it is, by the classifier of G-140.
    package enum Event: Codable, Equatable, Sendable {
        case status
        case amended
        case appointmentConfirmed
        case appointmentFailed
        case appointmentCancelled
        case appointmentCompleted(closureCode: String)
        case appointmentMissed(byEndUser: Bool)
    }

    /// The notification's own id: a repeat has the same, and is dropped.
    package let message: MessageID
    package let event: Event
    package let status: Status
    package let sentAt: Date
    package let receivedOn: Date
    /// From `accepted` on.
    package var maintainerFaultReference: String?
    package var statusReason: String?
    /// The latest update's words.
    package var text: String?
    package var supplierCodes: [String]
    /// How late the repair was, where the closing notification says so (G-141).
    package var lateRepair: LateRepair?

    package init(
        message: MessageID,
        event: Event,
        status: Status,
        sentAt: Date,
        receivedOn: Date,
        maintainerFaultReference: String? = nil,
        statusReason: String? = nil,
        text: String? = nil,
        supplierCodes: [String] = [],
        lateRepair: LateRepair? = nil
    ) {
        self.message = message
        self.event = event
        self.status = status
        self.sentAt = sentAt
        self.receivedOn = receivedOn
        self.maintainerFaultReference = maintainerFaultReference
        self.statusReason = statusReason
        self.text = text
        self.supplierCodes = supplierCodes
        self.lateRepair = lateRepair
    }
}

/// How late a supplier says that its repair was, in calendar days (T-083).
package struct LateRepair: Codable, Equatable, Sendable {
    package let totalDays: Int
    /// Those that the supplier answers for.
    package let sellerDays: Int
    /// The codes of what excuses the others.
    package let reasons: [String]

    /// A century: what says more, or less than none, is a slip of the sender's.
    package static let daysRange = 0...36_500

    package init(totalDays: Int, sellerDays: Int, reasons: [String] = []) {
        self.totalDays = totalDays
        self.sellerDays = sellerDays
        self.reasons = reasons
    }
}
