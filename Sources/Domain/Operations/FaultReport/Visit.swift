import FoundationEssentials

/// An engineer's visit that a ticket waits for: the reservation key that the buyer gave, and what became of it (T-080).
package struct Visit: Codable, Equatable, Sendable {
    package enum State: Codable, Equatable, Sendable {
        /// The key is ours; the desk has yet to say that somebody comes.
        case booked
        case confirmed
        /// The operator cannot honour it (T-099 `Failed`).
        case failed
        case cancelled
        case completed(code: VisitClosureCode)
        case missed(cause: MissedVisit)
    }

    package let key: String
    package let slot: TimeSlot
    package let appointment: ID<Appointment>?
    package internal(set) var state: State

    package init(key: String, slot: TimeSlot, appointment: ID<Appointment>?, state: State = .booked) {
        self.key = key
        self.slot = slot
        self.appointment = appointment
        self.state = state
    }

    /// Whether somebody may still come.
    package var isOpen: Bool {
        switch state {
        case .booked, .confirmed: true
        case .failed, .cancelled, .completed, .missed: false
        }
    }
}

/// How a visit to a fault ended (T-084). Not the installer's list, whose like-named codes mean other things.
package enum VisitClosureCode: String, Codable, CaseIterable, Sendable {
    case faultResolved = "FR"
    case faultNotResolved = "FNR"
    case siteUnsafe = "HAZ"
    case noAccess = "NA"
    case noAccessPossibleHazard = "NAPUV"
    case salesQuery = "ASQ"
    case noDialTone = "NDT"
    case unforeseen = "UNF"
    case beyondControl = "MBORC"
    case failedToAttend = "FTA"
    case serviceRequest = "SREQ"

    /// What the code means for the ticket (§3.6).
    package enum Consequence: Equatable, Sendable { case resolves, workGoesOn, waitsForBuyer, needsAnotherVisit }

    package var consequence: Consequence {
        switch self {
        case .faultResolved: .resolves
        case .faultNotResolved, .noDialTone, .serviceRequest: .workGoesOn
        case .siteUnsafe, .noAccess, .noAccessPossibleHazard, .unforeseen, .salesQuery: .waitsForBuyer
        case .beyondControl, .failedToAttend: .needsAnotherVisit
        }
    }

    /// What a ticket waits for after a visit that ended so, where it waits.
    var holdReason: HoldReason {
        switch self {
        case .siteUnsafe: .hazard
        case .noAccess, .noAccessPossibleHazard: .noAccess
        case .unforeseen, .beyondControl: .beyondControl
        case .faultResolved, .faultNotResolved, .salesQuery, .noDialTone, .failedToAttend, .serviceRequest: .customer
        }
    }

    package var meaning: String {
        switch self {
        case .faultResolved: "Fault resolved"
        case .faultNotResolved: "Fault not resolved"
        case .siteUnsafe: "Site unsafe"
        case .noAccess: "No access"
        case .noAccessPossibleHazard: "No access, possible hazard"
        case .salesQuery: "Sales query"
        case .noDialTone: "No dial tone"
        case .unforeseen: "Unforeseen circumstance"
        case .beyondControl: "Matters beyond reasonable control"
        case .failedToAttend: "Failed to attend"
        case .serviceRequest: "Service request"
        }
    }
}

/// Why nobody met (T-081): at least one cause is named.
package struct MissedVisit: Codable, Equatable, Sendable {
    package let seller: Bool
    package let endUser: Bool
    package let endUserPreAgreed: Bool
    package let beyondControl: Bool

    /// `nil` if no cause is named.
    package init?(
        seller: Bool = false,
        endUser: Bool = false,
        endUserPreAgreed: Bool = false,
        beyondControl: Bool = false
    ) {
        guard seller || endUser || endUserPreAgreed || beyondControl else { return nil }
        self.seller = seller
        self.endUser = endUser
        self.endUserPreAgreed = endUserPreAgreed
        self.beyondControl = beyondControl
    }

    /// The cause that a closure code names, for the codes that say that nobody met.
    package init?(code: VisitClosureCode) {
        switch code {
        case .noAccess: self.init(endUser: true)
        case .failedToAttend: self.init(seller: true)
        case .beyondControl: self.init(beyondControl: true)
        case .faultResolved, .faultNotResolved, .siteUnsafe, .noAccessPossibleHazard, .salesQuery, .noDialTone,
            .unforeseen,
            .serviceRequest:
            return nil
        }
    }
}
