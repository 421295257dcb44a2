import FoundationEssentials

/// What a native supplier says of a problem (§3.4, G-093), each update in its turn.
///
/// One that overtakes the answer to our own report counts as that answer (decision 4). Whatever says that work goes on or
/// waits refuses a resolution that stood.
extension ServiceProblem {
    mutating func apply(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        note(news.supplierReference)
        switch news.reason {
        case .acknowledged: return catchUpToAcknowledged(of: news, at: now)
        case .committed: return turn(to: .inProgress, of: news, at: now) + [tellProgress(.update, of: news, at: now)]
        case .update: return hearProgress(news, at: now)
        case .additional, .warning: return try hearRemark(news, at: now)
        case .delay:
            try news.requireProblemCode()
            return turn(to: .held, of: news, at: now) + [inform(.delay, news.details, of: news, at: now)]
        case .informationRequired:
            return turn(to: .pending, of: news, at: now) + [ask(.informationRequired, news, at: now)]
        case .reappoint:
            try news.requireProblemCode()
            // Whoever is to blame (§3.4): where it was the supplier, its work goes on meanwhile.
            let working: Working = news.problem?.status == .inProgress ? .inProgress : .pending
            return turn(to: working, of: news, at: now) + [ask(.reappoint, news, at: now)]
        case .resumed, .reappointed: return try hearResumed(news, at: now)
        case .amended, .amendmentRejected: return try hearAmendment(news, at: now)
        case .cancelled, .cancellationRejected: return try hearCancellation(news, at: now)
        case .orderRejected: return try hearRejected(news, at: now)
        case .terminated: return try hearTerminated(news, at: now)
        case .confirm: return try hearResolved(news, at: now)
        case .completed: return hearCompleted(news, at: now)
        case .created: throw illegal(news.reason.rawValue)
        }
    }

    /// 201. An answer that an update overtook only fills in the reference (decision 4).
    mutating func acknowledge(reference: String?, at now: Date) -> [Effect] {
        note(reference)
        return catchUpToAcknowledged(at: now)
    }

    mutating func note(_ reference: String?) {
        if let reference, !reference.isEmpty, maintainerFaultReference == nil { maintainerFaultReference = reference }
    }

    private mutating func turn(to working: Working, of news: SupplierNews, at now: Date) -> [Effect] {
        let effects = catchUpToAcknowledged(of: news, at: now)
        refuseOpenResolution()
        moveOn(to: working)
        return effects
    }

    /// That work has begun is told once, as COMMITTED (§3.4).
    private mutating func tellProgress(_ type: InformationType, of news: SupplierNews, at now: Date) -> Effect {
        guard !isCommitted, beneath == .inProgress else { return inform(type, news.details, of: news, at: now) }
        isCommitted = true
        return inform(.committed, news.details, of: news, at: now)
    }

    private mutating func ask(_ type: ActionType, _ news: SupplierNews, at now: Date) -> Effect {
        tell(.action(type: type, details: news.details), of: news, at: now)
    }

    /// In words; and where the supplier says that it stands elsewhere now, it stands there.
    private mutating func hearProgress(_ news: SupplierNews, at now: Date) -> [Effect] {
        let told = news.problem?.status
        guard let working = told?.working, told != beneath else {
            return catchUpToSent(at: now) + [inform(.update, news.details, of: news, at: now)]
        }
        guard canStand(as: working) else {
            let effects = catchUpToAcknowledged(of: news, at: now)
            return effects + [inform(.update, news.details, of: news, at: now)]
        }
        return turn(to: working, of: news, at: now) + [tellProgress(.update, of: news, at: now)]
    }

    /// What waited may go back to acknowledged; what was worked on may not: that is where it began.
    func canStand(as working: Working) -> Bool {
        guard working == .acknowledged else { return true }
        return beneath == .pending || beneath == .held || beneath == .networkIncident
    }

    /// Any number of them, without a change of state (SM-01); ADDITIONAL even after the end (SM-02).
    private mutating func hearRemark(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        if news.reason == .warning { try news.requireProblemCode() }
        let type = news.reason == .warning ? InformationType.warning : .additional
        return catchUpToSent(at: now) + [inform(type, news.details, of: news, at: now)]
    }

    /// It goes on, or another visit is booked. Before its acknowledgement nothing can have stood still.
    private mutating func hearResumed(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .working, .pendingAmendment, .pendingCancellation, .resolved:
            let type = news.reason == .resumed ? InformationType.resumed : .reappointed
            return turn(to: .inProgress, of: news, at: now) + [tellProgress(type, of: news, at: now)]
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .cancelled, .completed:
            throw illegal(news.reason.rawValue)
        }
    }
}

extension ServiceProblem.Status {
    /// What the supplier works on or waits with; `nil` for the other statuses.
    var working: ServiceProblem.Working? {
        switch self {
        case .acknowledged: .acknowledged
        case .inProgress: .inProgress
        case .pending: .pending
        case .held: .held
        case .networkIncident: .networkIncident
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .pendingAmendment, .pendingCancellation,
            .cancelled, .resolved, .completed:
            nil
        }
    }
}
