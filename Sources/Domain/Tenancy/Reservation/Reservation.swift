import FoundationEssentials

/// A slot that a tenant holds with a supplier until it is used or expires (G-044, G-045, §3.6).
///
///     requesting ──▶ held ──▶ used
///         │  │        ├─────▶ released
///         │  │        └─────▶ expired
///         │  └─▶ refused
///         └────▶ unknown: no answer came in a minute of asking; whatever the supplier holds is released
package struct Reservation: Aggregate {
    package enum State: Codable, Equatable, Sendable {
        case requesting
        case held(supplierReference: String, until: Date)
        case used(supplierReference: String, by: EntityRef, at: Date)
        case released(at: Date)
        case expired(at: Date)
        case refused(reason: String)
        case unknown(since: Date)
    }

    package enum Input: Codable, Equatable, Sendable {
        case supplierReserved(reference: String, until: Date, slot: TimeSlot?)
        case supplierRefused(reason: String)
        /// What it was taken for came to nothing before the supplier heard of it.
        case unused
        /// No answer in the time there was.
        case unanswered
    }

    package enum Alarm: String, CaseIterable, Sendable { case expires, unanswered }
    package static let fixedAlarms: [Alarm] = [.expires]

    package static let kind = Kind.reservation
    package let id: ID<Reservation>
    package let tenant: TenantID
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package let request: ReservationRequest
    package internal(set) var state = State.requesting
    /// What the supplier gave; it may widen what was asked for.
    package internal(set) var slot: TimeSlot

    /// Which request asked for it, so that a repeat finds the first under way (decision 5).
    package let requestKey: String
    /// Under which identity the supplier is asked again, once it has left the tenant without an answer.
    package internal(set) var askedAgain: MessageID?

    package var owner: Owner { .tenant(tenant) }

    /// Only while it is asked for: afterwards the stored answer speaks. Where the tenant got none, a repeat of its
    /// request must find what came of it.
    package var lookups: [Lookup] {
        state == .requesting || askedAgain != nil ? [Self.lookup(request: requestKey)] : []
    }

    package static func lookup(request key: String) -> Lookup { Lookup("request", key, isUnique: true) }

    package var stateName: String {
        switch state {
        case .requesting: "requesting"
        case .held: "held"
        case .used: "used"
        case .released: "released"
        case .expired: "expired"
        case .refused: "refused"
        case .unknown: "unknown"
        }
    }

    /// Every name that ``stateName`` gives.
    package static let stateNames = ["requesting", "held", "used", "released", "expired", "refused", "unknown"]

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .supplierReserved(let reference, let until, let slot):
            return try hold(reference, until: until, slot: slot, at: now)
        case .supplierRefused(let reason): return try refuse(because: reason, at: now)
        case .unanswered: return giveUp(at: now)
        case .unused: return giveBack(at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        switch alarm {
        case .expires: expire(at: now)
        case .unanswered: giveUp(at: now)
        }
    }
}

/// What is asked of a supplier (G-044).
package struct ReservationRequest: Codable, Equatable, Sendable {
    package let supplier: SupplierID
    package let address: PremisesAddress
    package let specification: ServiceSpecification
    package let characteristics: [Characteristic]
    /// Mandatory for a repair; there it decides, not the address (decision 28).
    package let serviceID: ServiceID?
    package let purpose: AppointmentPurpose
    package let slot: TimeSlot

    package init(
        supplier: SupplierID,
        address: PremisesAddress,
        specification: ServiceSpecification,
        characteristics: [Characteristic] = [],
        serviceID: ServiceID? = nil,
        purpose: AppointmentPurpose,
        slot: TimeSlot
    ) {
        self.supplier = supplier
        self.address = address
        self.specification = specification
        self.characteristics = characteristics
        self.serviceID = serviceID
        self.purpose = purpose
        self.slot = slot
    }
}
