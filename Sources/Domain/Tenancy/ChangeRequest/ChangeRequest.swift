import FoundationEssentials

/// What a tenant wants done about an order that is under way: an amendment or its cancellation (§3.2, F-012, F-013).
///
///     receivedByGateway ──▶ pending ──▶ completed
///         │      │             └──────▶ rejected
///         │      └─────────────────────▶ completed | rejected: the supplier decides at once
///         └─▶ failedToSend
///
/// The order is who hears the supplier, and settles its request in the same commit (decision 2): the two never
/// contradict each other. An order has one that is open.
package struct ChangeRequest: Aggregate {
    package enum Content: Codable, Equatable, Sendable {
        case amendment(changes: OrderChanges, visit: BookedVisit?)
        case cancellation(reason: CancellationReason, text: String?)
    }

    package enum State: Codable, Equatable, Sendable {
        case receivedByGateway
        case pending
        case failedToSend(reason: String)
        case rejected(reason: String)
        case completed
    }

    /// What its order makes of it.
    package enum Input: Codable, Equatable, Sendable {
        /// The supplier has it, and will decide.
        case taken(reference: String?)
        case completed
        case rejected(reason: String)
        case sendingFailed(reason: String)
    }

    package enum Alarm: String, CaseIterable, Sendable { case none }

    package static let kind = Kind.changeRequest
    package let id: ID<ChangeRequest>
    package let tenant: TenantID
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package let order: ID<ServiceOrder>
    package let supplier: SupplierID
    /// The supplier's number of the order, if it had one by then.
    package let supplierOrderNumber: String?
    package let content: Content
    package internal(set) var state = State.receivedByGateway
    /// The supplier's own name for it.
    package internal(set) var supplierReference: String?

    package var owner: Owner { .tenant(tenant) }
    package var root: EntityRef { EntityRef(kind: .serviceOrder, number: order.number) }
    package var stateName: String { status.rawValue }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch (state, input) {
        case (.receivedByGateway, .taken(let reference)), (.pending, .taken(let reference)):
            state = .pending
            supplierReference = reference ?? supplierReference
        case (.receivedByGateway, .completed), (.pending, .completed):
            state = .completed
        case (.receivedByGateway, .rejected(let reason)), (.pending, .rejected(let reason)):
            state = .rejected(reason: reason)
        case (.receivedByGateway, .sendingFailed(let reason)):
            state = .failedToSend(reason: reason)
        case (.pending, .sendingFailed), (.failedToSend, _), (.rejected, _), (.completed, _):
            throw Rejection(.illegalTransition, "Request \(id) is \(status.rawValue): nothing more comes of it.")
        }
        return []
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}

extension ChangeRequest {
    /// F-031: the wire and the store's column spell them alike.
    package enum Status: String, CaseIterable, Sendable {
        case receivedByGateway = "RECEIVED_BY_GATEWAY"
        case pending = "PENDING"
        case failedToSend = "FAILED_TO_SEND"
        case rejected = "REJECTED"
        case completed = "COMPLETED"
    }

    package var status: Status {
        switch state {
        case .receivedByGateway: .receivedByGateway
        case .pending: .pending
        case .failedToSend: .failedToSend
        case .rejected: .rejected
        case .completed: .completed
        }
    }

    /// Why nothing came of it.
    package var failure: String? {
        switch state {
        case .receivedByGateway, .pending, .completed: nil
        case .failedToSend(let reason), .rejected(let reason): reason
        }
    }

    package var isCancellation: Bool {
        switch content {
        case .amendment: false
        case .cancellation: true
        }
    }
}
