import FoundationEssentials

extension ServiceProblem {
    /// G-113.
    package enum Status: String, Codable, CaseIterable, Sendable {
        case receivedByGateway = "RECEIVED_BY_GATEWAY"
        case sentToSupplier = "SENT_TO_SUPPLIER"
        case failedToSend = "FAILED_TO_SEND"
        case rejected = "REJECTED"
        case acknowledged = "ACKNOWLEDGED"
        case inProgress = "IN_PROGRESS"
        case pending = "PENDING"
        case held = "HELD"
        case networkIncident = "NETWORK_INCIDENT"
        case pendingAmendment = "PENDING_AMENDMENT"
        case pendingCancellation = "PENDING_CANCELLATION"
        case cancelled = "CANCELLED"
        case resolved = "RESOLVED"
        case completed = "COMPLETED"
    }

    package var status: Status {
        switch state {
        case .receivedByGateway: .receivedByGateway
        case .sentToSupplier: .sentToSupplier
        case .failedToSend: .failedToSend
        case .rejected: .rejected
        case .working(let working): working.status
        case .pendingAmendment: .pendingAmendment
        case .pendingCancellation: .pendingCancellation
        case .resolved: .resolved
        case .cancelled: .cancelled
        case .completed: .completed
        }
    }

    /// The status beneath an open request of the tenant's.
    var beneath: Status {
        switch state {
        case .pendingAmendment(let was), .pendingCancellation(let was): was.status
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .working, .resolved, .cancelled, .completed:
            status
        }
    }

    package var isTerminal: Bool {
        switch state {
        case .failedToSend, .rejected, .cancelled, .completed: true
        case .receivedByGateway, .sentToSupplier, .working, .pendingAmendment, .pendingCancellation, .resolved: false
        }
    }

    /// The latest resolution, while it stands or once it is final.
    package var resolution: Resolution? {
        switch state {
        case .resolved(let resolution): resolution
        case .completed(_, let resolution): resolution
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .working, .pendingAmendment,
            .pendingCancellation, .cancelled:
            nil
        }
    }
}

extension ServiceProblem.Working {
    var status: ServiceProblem.Status {
        switch self {
        case .acknowledged: .acknowledged
        case .inProgress: .inProgress
        case .pending: .pending
        case .held: .held
        case .networkIncident: .networkIncident
        }
    }
}

/// What the inputs share.
extension ServiceProblem {
    mutating func catchUpToSent(at now: Date) -> [Effect] {
        guard case .receivedByGateway = state else { return [] }
        state = .sentToSupplier
        return [inform(.update, KCIDetails(text: Status.sentToSupplier.rawValue), at: now)]
    }

    mutating func catchUpToAcknowledged(of news: (any DatedNews)? = nil, at now: Date) -> [Effect] {
        var effects = catchUpToSent(at: now)
        if case .sentToSupplier = state {
            state = .working(.acknowledged)
            effects.append(inform(.acknowledged, of: news, at: now))
        }
        return effects
    }

    /// The ticket's state is told in full each time, so it rules; an open request of the tenant's stays open.
    mutating func moveOn(to working: Working) {
        switch state {
        case .pendingAmendment: state = .pendingAmendment(was: working)
        case .pendingCancellation: state = .pendingCancellation(was: working)
        case .working, .resolved: state = .working(working)
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .cancelled, .completed: break
        }
    }

    func illegal(_ what: String) -> Rejection {
        Rejection(.illegalTransition, "Problem \(id) is \(status.rawValue): \(what) is not possible.")
    }
}
