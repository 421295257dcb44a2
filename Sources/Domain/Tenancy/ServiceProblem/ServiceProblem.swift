import FoundationEssentials

/// A tenant's problem with a live line, as the tenant sees it (§3.4); the supplier keeps a ticket of its own for it.
///
///     receivedByGateway ──▶ sentToSupplier ──▶ acknowledged ──▶ inProgress ⇄ pending
///         │      │              │                    │              │
///         ▼      ▼              ▼                    └──▶ resolved ◀┘ ──▶ completed
///     failedTo  rejected     rejected                        └─▶ inProgress (refused: re-opened)
///     Send                               any open ──▶ cancelled
///
/// What the supplier says comes as a ticket's notifications, or, of a native supplier, as updates like an order's.
package struct ServiceProblem: SupplierListener {
    /// A problem that the supplier works on, or waits with.
    package enum Working: String, Codable, CaseIterable, Equatable, Sendable {
        case acknowledged, inProgress, pending, held, networkIncident
    }

    package enum State: Codable, Equatable, Sendable {
        case receivedByGateway
        case sentToSupplier
        case failedToSend(reason: String)
        case rejected(at: Date)
        case working(Working)
        case pendingAmendment(was: Working)
        case pendingCancellation(was: Working)
        case resolved(resolution: Resolution)
        case cancelled(at: Date)
        case completed(at: Date, resolution: Resolution?)
    }

    package enum Input: Codable, Equatable, Sendable {
        /// The supplier has it, and will say whether it accepts it (T-010).
        case ticketPending
        case ticketRejected(reason: String)
        /// A notification. `resolution` is the number of the resolution that it may bring, drawn by the caller.
        case ticketUpdated(TicketNews, resolution: ID<Resolution>)
        /// A native supplier's 201 and 202 (G-091).
        case supplierAcknowledged(reference: String?)
        case supplierAccepted(reference: String?)
        case supplierUpdated(SupplierNews)
        case sendingFailed(reason: String)
        /// The supplier took the tenant's answer to a resolution, or didn't.
        case answerDelivered
        case answerFailed(reason: String)
        /// The supplier's answers to a request of the tenant's: 202, 201, 422, none.
        case changeTaken(change: ID<ProblemChange>)
        case changeMade(change: ID<ProblemChange>)
        case changeRefused(change: ID<ProblemChange>, reason: String)
        case changeUnsent(change: ID<ProblemChange>, reason: String)
    }

    package enum Alarm: String, CaseIterable, Sendable {
        /// Nobody objected in time, and nobody was asked.
        case closes
        /// What is missing before an early update is given up (G-079).
        case release
    }
    /// The tenant was told by when it may answer.
    package static let fixedAlarms: [Alarm] = [.closes]

    package static let kind = Kind.serviceProblem
    static let releaseAlarm = Alarm.release
    package let id: ID<ServiceProblem>
    package let tenant: TenantID
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package internal(set) var report: ProblemReport
    /// Under which name the gateway raises this tenant's faults, and the fault's own reference there (G-118).
    package let buyerIdentifier: String
    package let faultReference: String
    package let parentFaultReference: String?
    package internal(set) var visit: BookedVisit?
    /// What the tenant's own test said.
    package let triage: TestResult?
    /// Whether the tenant has a say in a resolution; `nil`: yes (§3.4).
    package let confirmsResolutions: Bool?

    package internal(set) var state = State.receivedByGateway
    /// The supplier's own name of it.
    package internal(set) var maintainerFaultReference: String?
    /// Whether COMMITTED was told: it is told once (§3.4).
    package internal(set) var isCommitted = false
    package internal(set) var log = KCILog()
    package internal(set) var heard = HeardUpdates()
    /// Updates of the supplier's that wait for others before them.
    package internal(set) var early: EarlyUpdates?
    /// Resolutions that the tenant refused.
    package internal(set) var refusedResolutions: [Resolution] = []
    /// What the tenant has asked for, until the supplier decides.
    package internal(set) var openChange: OpenChange?
    /// The amendment that a cancellation took the place of: the supplier may have taken it all the same.
    package internal(set) var superseded: OpenChange?

    package var owner: Owner { .tenant(tenant) }
    package var stateName: String { status.rawValue }

    package var lookups: [Lookup] {
        var lookups = [Self.lookup(faultReference: faultReference, of: buyerIdentifier, at: report.supplier)]
        if let current = resolution { lookups.append(Self.lookup(resolution: current.id)) }
        lookups.append(Self.lookup(service: report.serviceID, of: tenant))
        lookups += refusedResolutions.map { Self.lookup(resolution: $0.id) }
        if let reference = maintainerFaultReference {
            lookups.append(Lookup(Self.supplierReferenceLookup, KeyParts.joined(report.supplier.rawValue, reference)))
        }
        return lookups
    }

    package static let supplierReferenceLookup = "supplierReference"
    package static let namesGivenOnce: Set<String> = [supplierReferenceLookup]

    /// How a ticket of the supplier's is found: both references name one fault (T-013).
    package static func lookup(faultReference: String, of buyerIdentifier: String, at supplier: SupplierID) -> Lookup {
        Lookup(
            "faultReference",
            KeyParts.joined(supplier.rawValue, buyerIdentifier, faultReference),
            isUnique: true
        )
    }

    /// A tenant's problems with one line.
    package static func lookup(service: ServiceID, of tenant: TenantID) -> Lookup {
        Lookup("service", KeyParts.joined(tenant.rawValue, service.rawValue))
    }

    package static func lookup(resolution: ID<Resolution>) -> Lookup {
        Lookup("resolution", resolution.description, isUnique: true)
    }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        let before = self
        let effects = try heed(input, at: now)
        return effects + tellOfDetails(unlike: before, at: now)
    }

    private mutating func heed(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .ticketPending: return catchUpToSent(at: now)
        case .ticketRejected(let reason): return try reject(because: reason, at: now)
        case .ticketUpdated(let news, let resolution): return try take(news, resolution: resolution, at: now)
        case .supplierAcknowledged(let reference): return acknowledge(reference: reference, at: now)
        case .supplierAccepted(let reference):
            note(reference)
            return catchUpToSent(at: now)
        case .supplierUpdated(let news): return try take(news, at: now)
        case .sendingFailed(let reason): return failToSend(because: reason, at: now)
        case .answerDelivered: return []
        case .answerFailed(let reason): return answerFailed(because: reason, at: now)
        case .changeTaken(let change): return take(change, at: now)
        case .changeMade(let change): return make(change, at: now)
        case .changeRefused(let change, let reason): return refuse(change, because: reason, at: now)
        case .changeUnsent(let change, let reason): return giveUp(change, because: reason, at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        let before = self
        let effects =
            switch alarm {
            case .closes: closeUnasked(at: now)
            case .release: release(at: now)
            }
        return effects + tellOfDetails(unlike: before, at: now)
    }
}
