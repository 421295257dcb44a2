import FoundationEssentials

/// A visit that an engineer will pay: a slot of an area's day, held for one address under a key (§3.6).
///
///     reserved ─confirm─▶ confirmed ─attended─▶ inAttendance ─closed─▶ completed
///        │                    │  └──────────────closed─────────────────▶ completed, missed
///        ├─release─▶ released ├─cancel─▶ cancelled
///        ├─time────▶ expired  │
///        └─fail────▶ failed ◀─┘
///
/// The slot itself is counted by ``AppointmentDay``. Reserving changes both in one commit; giving a slot back is told to
/// the day, which hears it once.
package struct Appointment: Aggregate {
    package enum State: Codable, Equatable, Sendable {
        case reserved(until: Date)
        case confirmed(by: EntityRef)
        case inAttendance(by: EntityRef, since: Date)
        case completed(by: EntityRef, code: String, at: Date)
        case cancelled(at: Date)
        case missed(by: MissedBy, code: String, at: Date)
        case released(at: Date)
        case expired(at: Date)
        case failed(reason: String, at: Date)
    }

    /// Whose doing it was that a visit came to nothing; the flags of a missed appointment follow from it (T-081).
    package enum MissedBy: String, Codable, CaseIterable, Sendable {
        /// The engineer was there, the subscriber was not.
        case endUser
        /// No engineer came, and nobody had said so (FTA).
        case seller
        /// No engineer came, for matters beyond reasonable control (MBORC).
        case beyondControl
    }

    package enum Input: Codable, Equatable, Sendable {
        /// The engineer is on site.
        case attended(at: Date)
        /// The visit is over, with a code of the contract it belongs to: installation or ticket.
        case closed(code: String, at: Date)
        /// The order or ticket is withdrawn, or the operator calls the visit off.
        case cancelled
        /// The customer gives an unused reservation back.
        case released
        /// Another appointment took its place, and was confirmed.
        case superseded(by: ID<Appointment>)
        /// The operator cannot honour it.
        case failed(reason: String)
    }

    package enum Alarm: String, CaseIterable, Sendable { case expires }
    package static let fixedAlarms: [Alarm] = [.expires]

    /// How long a reservation holds unless it is used (T-045: 12 hours).
    package static let reservationLife: TimeInterval = 12 * 60 * 60

    package static let kind = Kind.appointment
    package let id: ID<Appointment>
    package let owner: Owner
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    /// 32 upper-case alphanumerics; who has it may use the reservation, so it cannot be guessed.
    package let key: String
    package let purpose: AppointmentPurpose
    package let product: String
    package let uprn: Int64
    package let slot: TimeSlot
    /// What the customer calls it, where it names its reservations itself (G-090: "gateway supplies id").
    package let customerReference: String?
    /// The appointment whose place this one takes once it is confirmed (G-047).
    package let replaces: ID<Appointment>?
    package internal(set) var state: State

    package init(
        id: ID<Appointment>,
        owner: Owner,
        conversation: ConversationID,
        key: String,
        purpose: AppointmentPurpose,
        product: String,
        uprn: Int64,
        slot: TimeSlot,
        customerReference: String? = nil,
        replaces: ID<Appointment>? = nil,
        at now: Date
    ) {
        self.id = id
        self.owner = owner
        self.conversation = conversation
        created = now
        updated = now
        self.key = key
        self.purpose = purpose
        self.product = product
        self.uprn = uprn
        self.slot = slot
        self.customerReference = customerReference
        self.replaces = replaces
        state = .reserved(until: now + Self.reservationLife)
    }

    package var stateName: String { state.name }
    /// Until when the key could be used, had it not been (T-045).
    package var expiry: Date { created + Self.reservationLife }
    /// The day whose capacity it uses.
    package var day: ID<AppointmentDay> { AppointmentDay.id(uprn: uprn, on: slot.day) }
    /// By what an address's appointments are found, whatever their state.
    package var premises: String { Self.premises(uprn: uprn, product: product, purpose: purpose) }

    package var lookups: [Lookup] {
        var found = [Lookup(Self.keyLookup, key, isUnique: true), Lookup(Self.premisesLookup, premises)]
        if let customerReference {
            found.append(Lookup(Self.customerReferenceLookup, "\(owner)/\(customerReference)", isUnique: true))
        }
        // One live reservation per address, product and purpose; the one that replaces it may stand beside it (G-047).
        guard case .reserved = state, replaces == nil else { return found }
        return found + [Lookup(Self.liveLookup, premises, isUnique: true)]
    }

    package static let keyLookup = "reservationKey"
    package static let premisesLookup = "premises"
    package static let customerReferenceLookup = "customerReference"
    package static let liveLookup = "liveReservation"

    package static func premises(uprn: Int64, product: String, purpose: AppointmentPurpose) -> String {
        "\(uprn)/\(product)/\(purpose.rawValue)"
    }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .attended(let at): try attend(at: at)
        case .closed(let code, let at): try close(code: code, at: at)
        case .cancelled: try cancel(at: now)
        case .released: try release(at: now)
        case .superseded: try giveWay(at: now)
        case .failed(let reason): try fail(because: reason, at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        switch alarm {
        case .expires: expire(at: now)
        }
    }

    /// What a reservation sets going.
    package var reservedEffects: [Effect] {
        guard case .reserved(let until) = state else { return [] }
        return [.arm(timer(.expires), at: until)]
    }

    var slotGivenBack: Effect {
        .tell(.appointmentDay(id: day, input: .givenBack(appointment: id, start: slot.start)))
    }

    func refused(_ what: String) -> Rejection {
        Rejection(.illegalTransition, "The appointment \(what): it is \(state.name).")
    }
}

extension Appointment.State {
    /// The state in a column, a log and `docs/state-machines/appointment.md`.
    package var name: String {
        switch self {
        case .reserved: "reserved"
        case .confirmed: "confirmed"
        case .inAttendance: "in-attendance"
        case .completed: "completed"
        case .cancelled: "cancelled"
        case .missed: "missed"
        case .released: "released"
        case .expired: "expired"
        case .failed: "failed"
        }
    }
}
