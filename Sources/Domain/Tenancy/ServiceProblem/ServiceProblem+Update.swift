import FoundationEssentials

extension ServiceProblem {
    /// The supplier's ticket changed (§3.4). A repeat is dropped; what the state does not allow changes nothing.
    ///
    /// A notification that overtakes the answer to `addFaultReport` counts as that answer (decision 4).
    mutating func take(
        _ news: TicketNews,
        resolution: ID<Resolution>,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        var next = self
        guard next.heard.place(of: news.message, sequence: nil) != .duplicate else { return [] }
        next.heard.record(news.message, sequence: nil)
        if let reference = news.maintainerFaultReference, !reference.isEmpty {
            next.maintainerFaultReference = reference
        }
        let effects =
            if isTerminal {
                try next.hearAfterEnd(news, at: now)
            } else {
                try next.apply(news, resolution: resolution, at: now)
            }
        self = next
        return effects
    }

    /// After the end there are only remarks (SM-02).
    private mutating func hearAfterEnd(_ news: TicketNews, at now: Date) throws(Rejection) -> [Effect] {
        guard news.event != .status, status == .completed || status == .cancelled else {
            throw illegal(news.status.rawValue)
        }
        return [inform(.additional, news.details, of: news, at: now)]
    }

    private mutating func apply(
        _ news: TicketNews,
        resolution: ID<Resolution>,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        switch news.event {
        case .status: return try follow(news, resolution: resolution, at: now)
        case .amended:
            guard beneath == news.status.told else { return try follow(news, resolution: resolution, at: now) }
            return [inform(.update, news.details, of: news, at: now)]
        case .appointmentConfirmed, .appointmentCompleted:
            let effects = catchUpToAcknowledged(of: news, at: now)
            return effects + [inform(.update, news.details, of: news, at: now)]
        case .appointmentFailed, .appointmentCancelled:
            return askForAnotherVisit(news, .pending, at: now)
        case .appointmentMissed(let isEndUsers):
            return askForAnotherVisit(news, isEndUsers ? .pending : .inProgress, at: now)
        }
    }

    private mutating func askForAnotherVisit(_ news: TicketNews, _ working: Working, at now: Date) -> [Effect] {
        let effects = catchUpToAcknowledged(of: news, at: now)
        refuseOpenResolution()
        moveOn(to: working)
        return effects + [tell(.action(type: .reappoint, details: news.details), of: news, at: now)]
    }
}

extension TicketNews {
    /// What the tenant is told of it; a visit's closure code among the supplier's codes (§3.4).
    var details: KCIDetails {
        var codes = supplierCodes
        if case .appointmentCompleted(let code) = event, !codes.contains(code) { codes.append(code) }
        return KCIDetails(text: text ?? statusReason, supplierCodes: codes)
    }
}

extension TicketNews.Status {
    /// The problem's status that a ticket's stands for (§3.4).
    package var told: ServiceProblem.Status {
        switch self {
        case .pending: .sentToSupplier
        case .accepted: .acknowledged
        case .rejected: .rejected
        case .open, .inProgress, .reopened: .inProgress
        case .onHold: .pending
        case .resolved: .resolved
        case .closed: .completed
        case .cancelled: .cancelled
        }
    }
}
