import FoundationEssentials

/// A tenant's order, as the tenant sees it: from the gateway's 201 to a live line (§3.1).
///
///     receivedByGateway ──▶ sentToSupplier ──▶ acknowledged ──▶ inProgress ──▶ completed | partial
///         │      │              │                  │  ▲            │  ▲
///         ▼      ▼              ▼                  ▼  │            ▼  │
///     failedTo  rejected     rejected            held · pending · pendingAmendment · pendingCancellation
///     Send                                         └──────────▶ cancelled | failed
///
/// A supplier may skip steps; what it skipped is caught up on in the same commit, so a tenant always reads UPDATE,
/// ACKNOWLEDGED, COMMITTED, COMPLETED in that order (decision 31).
package struct ServiceOrder: SupplierListener {
    /// An order that the supplier works on, whatever it waits for.
    package enum Working: String, Codable, CaseIterable, Equatable, Sendable {
        case acknowledged, inProgress, held
    }

    /// What a request of the tenant's interrupts, and a refusal of it returns to (SM-03).
    package enum Resumable: Codable, Equatable, Sendable {
        case working(Working)
        case pending(was: Working)
    }

    package enum State: Codable, Equatable, Sendable {
        case receivedByGateway
        case sentToSupplier
        case failedToSend(reason: String)
        case rejected(at: Date)
        case acknowledged
        case inProgress
        case held
        /// The tenant must act: name a visit, or answer a question.
        case pending(was: Working)
        case pendingAmendment(was: Resumable)
        case pendingCancellation(was: Resumable)
        case cancelled(at: Date)
        case failed(at: Date)
        case partial(at: Date)
        case completed(at: Date)
    }

    package enum Input: Codable, Equatable, Sendable {
        /// 201 (G-091).
        case supplierAcknowledged(
            reference: String?,
            committedDate: CivilDate?,
            targetDate: CivilDate?,
            status: AcknowledgedAs
        )
        /// 202: the acknowledgement comes as an update.
        case supplierAccepted
        /// 422, with the supplier's reasons.
        case supplierRejected(problems: [String])
        case supplierUpdated(SupplierNews)
        case sendingFailed(reason: String)
        /// Of an amendment or a cancellation.
        case requestAnswered(request: ID<ChangeRequest>, answer: RequestAnswer)
    }

    /// How far a supplier is when it answers 201.
    package enum AcknowledgedAs: String, Codable, CaseIterable, Sendable {
        case acknowledged = "ACKNOWLEDGED"
        case inProgress = "IN_PROGRESS"
    }

    package enum Alarm: String, CaseIterable, Sendable {
        /// What is missing before an early update is given up (G-079).
        case release
    }

    package static let kind = Kind.serviceOrder
    static let releaseAlarm = Alarm.release
    package let id: ID<ServiceOrder>
    package let tenant: TenantID
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    @EncodedOnce package internal(set) var request: OrderRequest

    package internal(set) var state = State.receivedByGateway
    package internal(set) var visit: BookedVisit?
    /// Whether the supplier moved the visit: only then does a GET show it (F-024).
    package internal(set) var isReappointed = false
    package internal(set) var supplierOrderNumber: String?
    /// When the supplier first promised; written once, moved by nobody but the tenant (F-024).
    package internal(set) var committedDate: CivilDate?
    /// When it is expected now.
    package internal(set) var targetDate: CivilDate?
    /// The line's name, once there is one: from the beginning where the order is about a live line.
    package internal(set) var serviceID: ServiceID?
    /// The tenant's request that is under way, if there is one.
    package internal(set) var openRequest: OpenRequest?
    /// The amendment that a cancellation took the place of: the supplier may have taken it all the same.
    package internal(set) var superseded: OpenRequest?
    /// What a pending order waits for.
    package internal(set) var awaited: ActionType?
    package internal(set) var log = KCILog()
    package internal(set) var heard = HeardUpdates()
    /// Updates of the supplier's that wait for others before them.
    package internal(set) var early: EarlyUpdates?

    package var owner: Owner { .tenant(tenant) }
    package var stateName: String { status.rawValue }

    package static let namesGivenOnce: Set<String> = ["supplierOrderNumber"]

    package var lookups: [Lookup] {
        supplierOrderNumber.map { [Lookup("supplierOrderNumber", KeyParts.joined(request.supplier.rawValue, $0))] }
            ?? []
    }

    /// Its request as it was encoded already.
    mutating func adopt(_ encoded: EncodedOnce<OrderRequest>) { _request = encoded }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        let before = self
        let effects = try heed(input, at: now)
        return effects + closeRequest(at: now) + tellOfDetails(unlike: before, at: now)
    }

    private mutating func heed(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .supplierAcknowledged(let reference, let committed, let target, let status):
            return acknowledge(reference: reference, committed: committed, target: target, as: status, at: now)
        case .supplierAccepted: return acceptedForLater(at: now)
        case .supplierRejected(let problems): return try reject(because: problems, at: now)
        case .supplierUpdated(let news): return try take(news, at: now)
        case .sendingFailed(let reason): return failToSend(because: reason, at: now)
        case .requestAnswered(let request, let answer): return hear(answer, to: request, at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        let before = self
        let effects =
            switch alarm {
            case .release: release(at: now)
            }
        return effects + closeRequest(at: now) + tellOfDetails(unlike: before, at: now)
    }
}
