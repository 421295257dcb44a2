/// Where a ticket stands, as both sides of the contract spell it (T-072). Display names are a page's business.
package enum FaultStatus: String, Codable, CaseIterable, Sendable {
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

/// What a notification is about (G-140): a status that was reached, an event of a visit, or an amendment.
///
/// The wire has one root element for all of them, so the sender writes only what lets a reader tell them apart.
package enum TicketChange: String, Codable, CaseIterable, Sendable {
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
    /// Something else than the status changed (T-101), or the buyer asked to hear it all again (G-141).
    case amended
    /// Confirmed or failed (T-099).
    case appointmentConfirmation
    case appointmentCancelled
    case appointmentCompleted
    case appointmentMissed

    /// The change that reaching a status is.
    package init(reaching status: FaultStatus) {
        switch status {
        case .pending: self = .pending
        case .rejected: self = .rejected
        case .accepted: self = .accepted
        case .open: self = .open
        case .reopened: self = .reopened
        case .inProgress: self = .inProgress
        case .resolved: self = .resolved
        case .closed: self = .closed
        case .onHold: self = .onHold
        case .cancelled: self = .cancelled
        }
    }
}
