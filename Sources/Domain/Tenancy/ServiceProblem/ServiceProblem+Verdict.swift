import FoundationEssentials

/// A native supplier's updates that decide something: a request of the tenant's, or how the problem ends (§3.2, §3.4).
extension ServiceProblem {
    /// It took an amendment, or refused it. One that the tenant gave up for a cancellation, and the supplier took all the
    /// same, is told as it is: the problem has changed.
    mutating func hearAmendment(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        let asked = news.problemAmendment
        if case .amendment? = openChange?.wish, let open = openChange, asked == nil || asked == open.id {
            let caughtUp = catchUpToSent(at: now)
            guard news.reason == .amended else {
                return caughtUp + refuse(open.id, because: news.words, of: news, at: now)
            }
            let effects = make(open.id, of: news, at: now)
            goOnIfSatisfied(news)
            return caughtUp + effects
        }
        guard let superseded, asked == nil || asked == superseded.id else { throw illegal(news.reason.rawValue) }
        return news.reason == .amended ? tookSuperseded(superseded, news, at: now) : []
    }

    /// Whether what was waited for is there now, the supplier says in the same update.
    private mutating func goOnIfSatisfied(_ news: SupplierNews) {
        guard case .working = state, let working = news.problem?.status?.working, canStand(as: working) else { return }
        state = .working(working)
    }

    private mutating func tookSuperseded(_ change: OpenChange, _ news: SupplierNews, at now: Date) -> [Effect] {
        superseded = nil
        if case .amendment(let amendment) = change.wish { report = report.amended(by: amendment) }
        if let booked = change.visit { visit = booked }
        var details = change.details(news.details)
        details.notes.append("The supplier took amendment \(change.id) before the cancellation reached it.")
        return [inform(.update, details, of: news, at: now)]
    }

    /// A cancellation that the tenant asked for, refused or done; or one that nobody asked for.
    mutating func hearCancellation(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        var open: OpenChange?
        if case .cancellation? = openChange?.wish { open = openChange }
        if news.problemCancellation != nil, news.problemCancellation != open?.id { throw illegal(news.reason.rawValue) }
        let caughtUp = catchUpToSent(at: now)
        switch (news.reason, open) {
        case (.cancelled, let open?): return caughtUp + make(open.id, of: news, at: now)

        case (.cancelled, nil):
            try news.requireProblemCode()
            state = .cancelled(at: now)
            return caughtUp + [inform(.cancelled, news.details, of: news, at: now)] + settleAtEnd(at: now)

        case (_, let open?): return caughtUp + refuse(open.id, because: news.words, of: news, at: now)
        case (_, nil): throw illegal(news.reason.rawValue)
        }
    }

    /// Before it is acknowledged a problem can be rejected; afterwards only terminated.
    mutating func hearRejected(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .receivedByGateway, .sentToSupplier:
            let effects = catchUpToSent(at: now)
            state = .rejected(at: now)
            return effects + [inform(.terminated, news.details, of: news, at: now)] + settleAtEnd(at: now)
        case .failedToSend, .rejected, .working, .pendingAmendment, .pendingCancellation, .resolved, .cancelled,
            .completed:
            throw illegal(news.reason.rawValue)
        }
    }

    /// The supplier gives it up: what it never acknowledged it has rejected.
    mutating func hearTerminated(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        try news.requireProblemCode()
        switch state {
        case .receivedByGateway, .sentToSupplier: return try hearRejected(news, at: now)
        case .working, .pendingAmendment, .pendingCancellation, .resolved:
            state = .cancelled(at: now)
            return [inform(.terminated, news.details, of: news, at: now)] + settleAtEnd(at: now)
        case .failedToSend, .rejected, .cancelled, .completed: throw illegal(news.reason.rawValue)
        }
    }

    /// A resolution is the tenant's to confirm; the same one told again is only an update, another takes its place.
    mutating func hearResolved(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        guard let offered = news.problem?.resolution else {
            throw Rejection(
                .invalid,
                "CONFIRM names no resolution.",
                problems: [Rejection.Problem("/serviceProblem/resolution", "is missing")]
            )
        }
        if case .resolved(let resolution) = state, resolution.reference.isExactly(offered.reference) {
            return [inform(.update, news.details, of: news, at: now)]
        }
        refuseOpenResolution()
        return offer(offered.resolution(until: now + Self.resolutionWait, at: now), news.details, of: news, at: now)
    }

    /// The supplier closes it. A resolution that stood counts as accepted (T-016).
    mutating func hearCompleted(_ news: SupplierNews, at now: Date) -> [Effect] {
        var effects = catchUpToAcknowledged(of: news, at: now)
        effects += confirmsResolutions == false ? [.disarm(timer(.closes))] : []
        let offered = news.problem?.resolution
        if case .resolved(var resolution) = state {
            if let offered, resolution.reference.isExactly(offered.reference) { resolution.findings = offered.findings }
            state = .resolved(resolution: resolution)
        } else if let offered {
            state = .resolved(resolution: offered.resolution(until: now, at: now))
        }
        var details = news.details
        details.resolution = resolution?.id
        close(lateRepair: nil, at: now)
        return effects + [inform(.completed, details, of: news, at: now)] + settleAtEnd(at: now)
    }
}

extension OfferedResolution {
    fileprivate func resolution(until due: Date, at now: Date) -> Resolution {
        var resolution = Resolution(
            id: id,
            resolvedDate: now,
            dueBy: due,
            text: text,
            supplierCodes: supplierCodes
        )
        resolution.reference = reference
        resolution.findings = findings
        return resolution
    }
}
