import FoundationEssentials

/// A supplier's updates that ask the tenant to act, or answer what the tenant asked for.
extension ServiceOrder {
    /// The supplier waits for the tenant: for words, or for another visit.
    mutating func hearQuestion(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        if news.reason == .reappoint { try news.requireProblemCode() }
        note(news)
        let effects = catchUpToAcknowledged(of: news, at: now)
        guard let working else { throw illegal(news.reason.rawValue) }
        moveOn(to: .pending(was: working))
        let type = news.reason == .reappoint ? ActionType.reappoint : .informationRequired
        return effects + [ask(type, news.details, of: news, at: now)]
    }

    /// Another visit is booked: what the tenant was asked for is there.
    mutating func hearReappointed(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        note(news)
        let effects = catchUpToAcknowledged(of: news, at: now)
        guard let working else { throw illegal(news.reason.rawValue) }
        if let visit = news.visit {
            self.visit = visit
            isReappointed = true
        }
        moveOn(to: .working(working))
        return effects + [inform(.reappointed, news.details, of: news, at: now)]
    }

    /// The supplier took an amendment, or refused it: then all is as it was before (SM-03).
    ///
    /// One that is taken also satisfies what the tenant was asked for; a supplier that still misses something asks again.
    mutating func hearAmendment(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        switch (state, news.reason) {
        case (.pendingAmendment(let was), .amended):
            state = was.working.state
        case (.pending(let was), .amended):
            state = was.state
        case (.pendingAmendment(let was), .amendmentRejected):
            state = was.state
            note(news)
            return [ask(.resubmit, news.details, of: news, at: now)]
        case _: throw illegal(news.reason.rawValue)
        }
        note(news)
        if let visit = news.visit {
            self.visit = visit
            isReappointed = true
        }
        return [inform(.amended, news.details, of: news, at: now)]
    }

    /// A cancellation that the tenant asked for, refused or done; or one that nobody asked for.
    mutating func hearCancellation(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        switch (state, news.reason) {
        case (.pendingCancellation, .cancelled):
            note(news)
            state = .cancelled(at: now)
            return [inform(.cancelled, news.details, of: news, at: now)]
        case (.pendingCancellation(let was), .cancellationRejected):
            note(news)
            state = was.state
            return [ask(.resubmit, news.details, of: news, at: now)]
        case (_, .cancelled):
            try news.requireProblemCode()
            note(news)
            let effects = catchUpToAcknowledged(of: news, at: now)
            state = .cancelled(at: now)
            return effects + [inform(.terminated, news.details, of: news, at: now)]
        case _: throw illegal(news.reason.rawValue)
        }
    }
}
