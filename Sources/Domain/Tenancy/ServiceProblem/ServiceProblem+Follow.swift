import FoundationEssentials

extension ServiceProblem {
    /// How long a tenant has to accept or reject a resolution (T-016).
    package static let resolutionWait: TimeInterval = 48 * 60 * 60

    /// How many refused resolutions are kept to be read: more than a repair ever takes, and each costs a look-up at every
    /// change. A supplier that offers without end makes the first unreadable, and nothing grow.
    static let refusedResolutionsMax = 100

    /// The ticket's status changed: the problem follows (§3.4).
    mutating func follow(
        _ news: TicketNews,
        resolution: ID<Resolution>,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        switch news.status {
        case .pending: return catchUpToSent(at: now)
        case .accepted: return followAccepted(news, at: now)
        case .rejected: return try followRejected(news, at: now)
        case .open, .inProgress: return followInProgress(news, at: now)
        case .reopened: return followReopened(news, at: now)
        case .onHold: return followOnHold(news, at: now)
        case .resolved: return followResolved(news, as: resolution, at: now)
        case .closed: return followClosed(news, at: now)
        case .cancelled: return followCancelled(news, at: now)
        }
    }

    private mutating func followAccepted(_ news: TicketNews, at now: Date) -> [Effect] {
        let effects = catchUpToAcknowledged(of: news, at: now)
        return effects.isEmpty ? [inform(.update, news.details, of: news, at: now)] : effects
    }

    private mutating func followRejected(_ news: TicketNews, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .receivedByGateway, .sentToSupplier:
            let effects = catchUpToSent(at: now)
            state = .rejected(at: now)
            var details = news.details
            details.problemCode = ProblemCode.invalidRequest.rawValue
            return effects + [inform(.terminated, details, of: news, at: now)] + settleAtEnd(at: now)
        case .failedToSend, .rejected, .working, .pendingAmendment, .pendingCancellation, .resolved, .cancelled,
            .completed:
            throw illegal(news.status.rawValue)
        }
    }

    private mutating func followInProgress(_ news: TicketNews, at now: Date) -> [Effect] {
        let effects = catchUpToAcknowledged(of: news, at: now)
        refuseOpenResolution()
        moveOn(to: .inProgress)
        guard !isCommitted else { return effects + [inform(.update, news.details, of: news, at: now)] }
        isCommitted = true
        return effects + [inform(.committed, news.details, of: news, at: now)]
    }

    /// The tenant's refusal took effect.
    private mutating func followReopened(_ news: TicketNews, at now: Date) -> [Effect] {
        let effects = catchUpToAcknowledged(of: news, at: now)
        refuseOpenResolution()
        moveOn(to: .inProgress)
        return effects + [inform(.update, news.details, of: news, at: now)]
    }

    private mutating func followOnHold(_ news: TicketNews, at now: Date) -> [Effect] {
        let effects = catchUpToAcknowledged(of: news, at: now)
        refuseOpenResolution()
        moveOn(to: .pending)
        let type = news.isAboutAppointment ? ActionType.reappoint : .informationRequired
        return effects + [tell(.action(type: type, details: news.details), of: news, at: now)]
    }

    /// A resolution is the tenant's to confirm; the same one told again is only an update.
    private mutating func followResolved(_ news: TicketNews, as id: ID<Resolution>, at now: Date) -> [Effect] {
        if case .resolved = state { return [inform(.update, news.details, of: news, at: now)] }
        let resolution = Resolution(
            id: id,
            resolvedDate: now,
            dueBy: now + Self.resolutionWait,
            text: news.statusReason ?? news.text,
            supplierCodes: news.supplierCodes
        )
        return offer(resolution, news.details, of: news, at: now)
    }

    /// The tenant is asked to confirm, where its supplier asks anybody.
    mutating func offer(
        _ resolution: Resolution,
        _ words: KCIDetails,
        of news: any DatedNews,
        at now: Date
    ) -> [Effect] {
        let effects = catchUpToAcknowledged(of: news, at: now)
        state = .resolved(resolution: resolution)
        var details = words
        details.resolution = resolution.id
        guard confirmsResolutions ?? true else {
            return effects + [
                inform(.update, details, of: news, at: now), .arm(timer(.closes), at: resolution.dueBy),
            ]
        }
        details.dueBy = resolution.dueBy
        return effects + [tell(.action(type: .confirm, details: details), of: news, at: now)]
    }

    /// Closed without an answer counts as accepted (T-016).
    private mutating func followClosed(_ news: TicketNews, at now: Date) -> [Effect] {
        var effects = catchUpToAcknowledged(of: news, at: now)
        close(lateRepair: news.lateRepair, at: now)
        if confirmsResolutions == false { effects.append(.disarm(timer(.closes))) }
        return effects + [inform(.completed, news.details, of: news, at: now)] + settleAtEnd(at: now)
    }

    /// A supplier that asks nobody to confirm closes when the time to object would be over, whether it says so or not.
    mutating func closeUnasked(at now: Date) -> [Effect] {
        guard case .resolved(let resolution) = state, resolution.dueBy <= now else { return [] }
        close(lateRepair: nil, at: now)
        return [inform(.completed, KCIDetails(resolution: resolution.id), at: now)] + settleAtEnd(at: now)
    }

    mutating func close(lateRepair: LateRepair?, at now: Date) {
        var final = resolution
        if final != nil {
            // Without an answer it counts as accepted (T-016); a refusal stays one, whatever the supplier makes of it.
            if final?.status == .pending { final?.status = .accepted }
            final?.closedDate = now
            final?.lateRepair = lateRepair
        }
        state = .completed(at: now, resolution: final)
    }

    private mutating func followCancelled(_ news: TicketNews, at now: Date) -> [Effect] {
        let effects = catchUpToSent(at: now)
        state = .cancelled(at: now)
        var details = news.details
        details.problemCancellation = openChange?.details().problemCancellation
        return effects + [inform(.cancelled, details, of: news, at: now)] + settleAtEnd(at: now)
    }

    /// Work goes on, so what was offered as its end is refused, by whomever.
    mutating func refuseOpenResolution() {
        guard case .resolved(var resolution) = state else { return }
        resolution.status = .rejected
        refusedResolutions.append(resolution)
        if refusedResolutions.count > Self.refusedResolutionsMax { refusedResolutions.removeFirst() }
    }
}

extension TicketNews {
    /// Whether a hold waits for another visit (§3.4): suppliers say it in words only.
    var isAboutAppointment: Bool {
        let reason = (statusReason ?? text ?? "").lowercased()
        return reason.contains("appoint")
    }
}
