import Domain
import FoundationEssentials

/// What the network desk does to a ticket: the events of `/operator/v1/fault-reports/{ref}/{event}` (decision 22).
package enum DeskStep: String, Codable, CaseIterable, Sendable {
    case triage, start, hold, resume, resolve, cancel, reject, comment, priority
    case contactAttempts = "contact-attempts"
    case appointmentConfirmed = "appointment-confirmed"
    case appointmentFailed = "appointment-failed"
    case appointmentCancelled = "appointment-cancelled"
    case appointmentCompleted = "appointment-completed"
    case appointmentMissed = "appointment-missed"
}

/// A request to the operator, decided and written down before it is sent: a repeat after a kill is the same request.
struct DeskReport: Codable, Equatable, Sendable {
    let requestID: String
    let event: DeskStep
    let at: Date
    /// JSON as it was given by hand; `nil` for the desk's own words.
    let body: String?
    let isByHand: Bool
}

/// What the desk is told of a ticket, by the operator's webhook.
struct DeskBulletin: Codable, Equatable, Sendable {
    let event: DeskNews.Event
    /// The operator's name for the ticket.
    let reference: String
    /// The visit that is still to come, if one is.
    let slot: TimeSlot?
    /// Where the ticket stands; absent in news that doesn't say.
    var status: FaultStatus?
}
