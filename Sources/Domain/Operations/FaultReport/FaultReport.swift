import FoundationEssentials

/// A buyer's fault ticket as the network operator keeps it, from `pending` to its end (§3.3).
///
///     pending ─accept─▶ accepted ─triage─▶ open ─start─▶ in-progress ─resolve─▶ resolved ─yes, 48 h─▶ closed
///        │                 │ └─start──────────────────▶ ▲   │ ▲                  │   ▲
///      reject              └─triage: no fault found ────│───│─│──────────────────│───┘
///        ▼                                            start hold resume          no
///     rejected                                          │   ▼ │                  ▼
///                                                       │  on-hold            re-opened
///                                                       └────────────────────────┘
///
/// Cancelled from anywhere but `resolved`, `rejected` and `closed`, unless an engineer is on site. A visit's end decides
/// as well: see ``VisitClosureCode/Consequence``. Every status that is reached is notified once, `pending` never.
package struct FaultReport: Aggregate {
    package enum State: Codable, Equatable, Sendable {
        case pending
        case rejected(at: Date)
        case accepted
        case open
        case inProgress
        case onHold(since: Date)
        /// Waits for the buyer's word until the deadline (T-016).
        case resolved(at: Date, byVisit: Bool, closesAt: Date)
        case reopened
        case closed(at: Date)
        case cancelled(at: Date)
    }

    package enum Input: Codable, Equatable, Sendable {
        /// The book of appointments cannot honour a reservation.
        case appointmentFailed(key: String, reason: String)
    }

    package enum Alarm: String, CaseIterable, Sendable {
        /// Due at once: `accepted` follows `pending` in a commit of its own (decision 32).
        case accept
        /// A visit that resolved the fault resolves the ticket (§3.6, decision 23).
        case settleVisit
        /// The buyer didn't answer (T-016).
        case close
    }
    /// The buyer was told when.
    package static let fixedAlarms: [Alarm] = [.close]

    /// How long a buyer may think about a resolution (T-016).
    package static let answerPeriod: TimeInterval = 48 * 60 * 60
    /// Of each ticket: more would make each notification of it too large to be taken.
    static let updatesMax = 500

    package static let kind = Kind.faultReport
    package let id: ID<FaultReport>
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package internal(set) var state = State.pending

    package internal(set) var buyer: FaultBuyer
    /// As the buyer calls itself on the wire; an account may have several (decision 39). A customer's is its tenant.
    package let buyerIdentifier: String
    package let buyerReference: String
    package let service: ServiceID
    /// When the buyer says that it wrote the report, else when it came (decision 32).
    package internal(set) var reported: Date
    /// An earlier related fault of the buyer's, by its own reference (T-060).
    package internal(set) var parentReference: String?
    /// An unclosed ticket of ours on the same service that this one refers to.
    package let priorReference: String?
    package internal(set) var reporter: TicketContact?
    package internal(set) var endUser: TicketContact?
    package internal(set) var details: FaultDetails
    package internal(set) var priority: Int?
    /// What the buyer saw go wrong, in its own words.
    package let observedError: String?

    package internal(set) var supplierTriage: Triage?
    package internal(set) var statusReason: String?
    package internal(set) var updates: [TicketUpdate] = []
    /// The latest; its history isn't the contract's business (T-067).
    package internal(set) var comment: TicketUpdate?
    /// The latest is the one that counts.
    package internal(set) var visits: [Visit] = []
    package internal(set) var clock = RepairClock()
    /// `nil` for none: as tickets were written before they had any. See ``attachments``.
    var files: [Attachment]?
    let resolutionAfterVisit: TimeInterval

    init(id: ID<FaultReport>, claim: FaultClaim, pace: Pace, at now: Date) {
        self.id = id
        conversation = claim.conversation
        created = now
        updated = now
        buyer = claim.buyer
        buyerIdentifier = claim.buyerIdentifier
        buyerReference = claim.buyerReference
        service = claim.service
        reported = claim.reported ?? now
        parentReference = claim.parentReference
        priorReference = claim.priorReference
        reporter = claim.reporter
        endUser = claim.endUser
        details = claim.details
        priority = claim.priority
        observedError = claim.observedError
        resolutionAfterVisit = pace.resolutionAfterVisit
    }

    package var owner: Owner { buyer.owner }
    package var stateName: String { status.rawValue }

    package var lookups: [Lookup] {
        [ownReference, Lookup(Self.serviceKey, service.rawValue)]
            + attachments.map { Lookup(Self.attachmentKey, $0.key, isUnique: true) }
    }

    /// By the buyer's own reference, under which it reports a fault once.
    private var ownReference: Lookup {
        switch buyer {
        case .account(let id):
            Lookup(
                Self.buyerReferenceKey,
                Self.buyerReferenceValue(buyer: id, identifier: buyerIdentifier, reference: buyerReference),
                isUnique: true
            )
        case .customer(let customer):
            Lookup(
                Self.customerReferenceKey,
                Self.customerReferenceValue(customer: customer.id, tenant: buyerIdentifier, number: buyerReference),
                isUnique: true
            )
        }
    }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .appointmentFailed(let key, let reason):
            guard visits.last?.key == key else { return [] }
            return try failVisit(because: reason, at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        switch alarm {
        case .accept: accept(at: now)
        case .settleVisit: settleVisit(at: now)
        case .close: closeUnanswered(at: now)
        }
    }
}

extension FaultReport {
    package static let buyerReferenceKey = "buyerFaultReference"
    package static let serviceKey = "service"

    /// Unique per account and per identifier of it: a gateway's tenants number their tickets apart.
    package static func buyerReferenceValue(buyer: BuyerID, identifier: String, reference: String) -> String {
        KeyParts.joined(buyer.rawValue, identifier, reference)
    }

    /// The operator's own name of the ticket: `CS` and at least seven digits (decision 12).
    package var reference: String {
        let digits = String(id.number)
        return "CS" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }

    /// Reads a reference back; `nil` for what can be none of ours.
    package static func id(reference: String) -> ID<FaultReport>? {
        let digits = reference.dropFirst(2).utf8
        guard reference.hasPrefix("CS"), (7...16).contains(digits.count),
            digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int64(reference.dropFirst(2)), number > 0
        else { return nil }
        let id = ID<FaultReport>(number)
        return digits.count > 7 && reference.dropFirst(2).first == "0" ? nil : id
    }

    /// The reference as the buyer may know it: from `accepted` on.
    package var knownReference: String? {
        switch state {
        case .pending, .rejected: nil
        case .accepted, .open, .inProgress, .onHold, .resolved, .reopened, .closed, .cancelled: reference
        }
    }

    package var status: FaultStatus {
        switch state {
        case .pending: .pending
        case .rejected: .rejected
        case .accepted: .accepted
        case .open: .open
        case .inProgress: .inProgress
        case .onHold: .onHold
        case .resolved: .resolved
        case .reopened: .reopened
        case .closed: .closed
        case .cancelled: .cancelled
        }
    }

    /// Whether it has come to an end that nothing changes.
    package var isEnded: Bool {
        switch state {
        case .rejected, .closed, .cancelled: true
        case .pending, .accepted, .open, .inProgress, .onHold, .resolved, .reopened: false
        }
    }

    /// When it came to its end.
    package var ended: Date? {
        switch state {
        case .rejected(let at), .closed(let at), .cancelled(let at): at
        case .pending, .accepted, .open, .inProgress, .onHold, .resolved, .reopened: nil
        }
    }

    /// How late its repair is, as known at a moment, or as it was at its end.
    package func delay(at now: Date) -> RepairDelay { clock.delay(until: ended ?? now) }

    /// The visit that is still to come.
    package var openVisit: Visit? { visits.last.flatMap { $0.isOpen ? $0 : nil } }
}

// MARK: - What its inputs share

extension FaultReport {
    /// Moves on, writes down why, and tells the buyer (T-014).
    mutating func reach(_ next: State, because reason: String?, by party: TicketParty = .seller, at now: Date) -> Effect
    {
        let before = status
        state = next
        statusReason = reason
        note(reason ?? "\(status.rawValue)", by: party, at: now)
        return notify(TicketChange(reaching: status), from: before, at: now)
    }

    /// Tells the buyer, each by its own contract.
    ///
    /// - Parameters:
    ///   - before: where the ticket stood, if that changed.
    ///   - isWithdrawal: what is told of a visit follows from the ticket's end.
    mutating func notify(
        _ change: TicketChange,
        from before: FaultStatus? = nil,
        showsComment: Bool = false,
        isWithdrawal: Bool = false,
        at now: Date
    ) -> Effect {
        switch buyer {
        case .account(let id):
            let notification = FaultNotification(
                change: change,
                status: status,
                statusReason: statusReason,
                updates: updates.count,
                showsComment: showsComment
            )
            return .send(.faultNotification(notification), to: .buyer(id: id))
        case .customer(var customer):
            let update = update(
                &customer,
                of: change,
                from: before ?? status,
                isWithdrawal: isWithdrawal,
                at: now
            )
            buyer = .customer(account: customer)
            return .send(.supplyUpdate(update), to: .customer(id: customer.id))
        }
    }

    func tellDesk(_ event: DeskNews.Event) -> Effect { .send(.deskNews(DeskNews(event)), to: .desk) }

    mutating func note(_ text: String, by party: TicketParty, at now: Date) {
        guard updates.count < Self.updatesMax else { return }
        updates.append(TicketUpdate(text: text, by: party, at: now))
    }

    func refusal(_ deed: String) -> Rejection {
        Rejection(
            .illegalTransition,
            "The ticket is \(status.rawValue): \(deed).",
            problems: [Rejection.Problem("status", "is \(status.rawValue): \(deed)")]
        )
    }
}
