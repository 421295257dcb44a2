import FoundationEssentials

/// What the inputs share: catching up on skipped steps, moving what lies beneath a wait.
extension ServiceOrder {
    mutating func ask(_ type: ActionType, _ details: KCIDetails, of news: SupplierNews?, at now: Date) -> Effect {
        tell(.action(type: type, details: details), of: news, at: now)
    }

    /// The supplier has it: UPDATE, unless that was told already (decision 4), or it has it from somebody else.
    mutating func catchUpToSent(at now: Date) -> [Effect] {
        guard case .receivedByGateway = state, !isUnsolicited else { return [] }
        state = .sentToSupplier
        return [inform(.update, KCIDetails(text: Status.sentToSupplier.rawValue), at: now)]
    }

    /// The supplier works on it: UPDATE and ACKNOWLEDGED as far as they were skipped.
    mutating func catchUpToAcknowledged(of news: SupplierNews? = nil, at now: Date) -> [Effect] {
        var effects = catchUpToSent(at: now)
        if status == .sentToSupplier || status == .receivedByGateway {
            state = .acknowledged
            effects.append(inform(.acknowledged, of: news, at: now))
        }
        return effects
    }

    /// Moves what lies beneath an open request of the tenant's, and leaves the request open.
    mutating func moveOn(to resumable: Resumable) {
        switch state {
        case .pendingAmendment: state = .pendingAmendment(was: resumable)
        case .pendingCancellation: state = .pendingCancellation(was: resumable)
        case .acknowledged, .inProgress, .held, .pending: state = resumable.state
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .cancelled, .failed, .partial, .completed:
            break
        }
    }

    /// What a supplier says in passing, whatever its reason: its number, its dates, the line's name, another visit.
    mutating func note(_ news: SupplierNews) {
        note(reference: news.supplierReference, target: news.targetDate)
        if let named = news.serviceID { serviceID = named }
    }

    mutating func note(reference: String?, target: CivilDate?) {
        if let reference, !reference.isEmpty, supplierOrderNumber == nil { supplierOrderNumber = reference }
        if let target { targetDate = target }
    }

    func illegal(_ what: String) -> Rejection {
        Rejection(.illegalTransition, "Order \(id) is \(status.rawValue): \(what) is not possible.")
    }
}
