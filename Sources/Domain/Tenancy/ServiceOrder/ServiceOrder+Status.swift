extension ServiceOrder {
    /// The fourteen statuses of the Tenant API (F-025, §3.1): the wire and the store's column spell them alike.
    package enum Status: String, Codable, CaseIterable, Sendable {
        case receivedByGateway = "RECEIVED_BY_GATEWAY"
        case sentToSupplier = "SENT_TO_SUPPLIER"
        case failedToSend = "FAILED_TO_SEND"
        case rejected = "REJECTED"
        case acknowledged = "ACKNOWLEDGED"
        case inProgress = "IN_PROGRESS"
        case pending = "PENDING"
        case held = "HELD"
        case pendingAmendment = "PENDING_AMENDMENT"
        case pendingCancellation = "PENDING_CANCELLATION"
        case cancelled = "CANCELLED"
        case failed = "FAILED"
        case partial = "PARTIAL"
        case completed = "COMPLETED"
    }

    package var status: Status {
        switch state {
        case .receivedByGateway: .receivedByGateway
        case .sentToSupplier: .sentToSupplier
        case .failedToSend: .failedToSend
        case .rejected: .rejected
        case .acknowledged: .acknowledged
        case .inProgress: .inProgress
        case .held: .held
        case .pending: .pending
        case .pendingAmendment: .pendingAmendment
        case .pendingCancellation: .pendingCancellation
        case .cancelled: .cancelled
        case .failed: .failed
        case .partial: .partial
        case .completed: .completed
        }
    }

    /// Nothing more comes of it; it takes ADDITIONAL updates only (SM-02).
    package var isTerminal: Bool {
        switch state {
        case .failedToSend, .rejected, .cancelled, .failed, .partial, .completed: true
        case .receivedByGateway, .sentToSupplier, .acknowledged, .inProgress, .held, .pending, .pendingAmendment,
            .pendingCancellation:
            false
        }
    }

    /// How far the supplier is beneath whatever is waited for; `nil` before its acknowledgement and after the end.
    var working: Working? {
        switch state {
        case .acknowledged: .acknowledged
        case .inProgress: .inProgress
        case .held: .held
        case .pending(let was): was
        case .pendingAmendment(let was), .pendingCancellation(let was): was.working
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .cancelled, .failed, .partial, .completed:
            nil
        }
    }
}

extension ServiceOrder.Resumable {
    var working: ServiceOrder.Working {
        switch self {
        case .working(let working): working
        case .pending(let was): was
        }
    }

    /// As the state it stands for.
    var state: ServiceOrder.State {
        switch self {
        case .working(let working): working.state
        case .pending(let was): .pending(was: was)
        }
    }
}

extension ServiceOrder.Working {
    var state: ServiceOrder.State {
        switch self {
        case .acknowledged: .acknowledged
        case .inProgress: .inProgress
        case .held: .held
        }
    }
}
