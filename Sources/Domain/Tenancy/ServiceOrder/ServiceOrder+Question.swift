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
        awaited = type
        return effects + [ask(type, news.details, of: news, at: now)]
    }

    /// Another visit is booked: what the tenant was asked for is there.
    mutating func hearReappointed(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        note(news)
        let effects = catchUpToAcknowledged(of: news, at: now)
        guard let working else { throw illegal(news.reason.rawValue) }
        if let visit = news.visit { reappoint(visit) }
        moveOn(to: .working(working))
        return effects + [inform(.reappointed, news.details, of: news, at: now)]
    }

    /// The supplier took an amendment, or refused it: then all is as it was before (SM-03).
    ///
    /// One that overtakes the answer to our own request counts as that answer (decision 4). One that the tenant gave up
    /// for a cancellation, and the supplier took all the same, is told as it is: the order has changed.
    mutating func hearAmendment(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        let open = openRequest.flatMap { $0.isCancellation ? nil : $0 }
        let isAwaited = open != nil || status == .pendingAmendment
        let isOther = news.amendment != nil && news.amendment != open?.id
        switch news.reason {
        case .amended where isAwaited && !isOther:
            note(news)
            return amended(by: open, of: news, at: now)

        case .amended where superseded != nil && (news.amendment == nil || news.amendment == superseded?.id):
            return tookSuperseded(news, at: now)

        case .amended where status == .pending && news.amendment == nil:
            note(news)
            return amended(by: nil, of: news, at: now)

        case .amendmentRejected where isAwaited && !isOther:
            note(news)
            return refused(open, because: news.words, news.details, of: news, at: now)

        case _: throw illegal(news.reason.rawValue)
        }
    }

    private mutating func tookSuperseded(_ news: SupplierNews, at now: Date) -> [Effect] {
        guard let amendment = superseded else { return [] }
        note(news)
        apply(amendment)
        if let moved = news.visit { reappoint(moved) }
        superseded = nil
        var details = news.details
        details.notes.append("The supplier took amendment \(amendment.id) before the cancellation reached it.")
        return [inform(.update, amendment.details(details), of: news, at: now)]
    }

    /// A cancellation that the tenant asked for, refused or done; or one that nobody asked for.
    mutating func hearCancellation(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        let open = openRequest.flatMap { $0.isCancellation ? $0 : nil }
        let isAwaited = open != nil || status == .pendingCancellation
        if news.cancellation != nil, news.cancellation != open?.id { throw illegal(news.reason.rawValue) }
        switch news.reason {
        case .cancelled where isAwaited:
            note(news)
            return cancelled(by: open, of: news, at: now)

        case .cancelled:
            try news.requireProblemCode()
            note(news)
            let effects = catchUpToAcknowledged(of: news, at: now)
            state = .cancelled(at: now)
            return effects + [inform(.terminated, news.details, of: news, at: now)]

        case .cancellationRejected where isAwaited:
            note(news)
            return refused(open, because: news.words, news.details, of: news, at: now)

        case _: throw illegal(news.reason.rawValue)
        }
    }
}

extension SupplierNews {
    /// Why, for whoever reads a request that was refused.
    var words: String {
        let said = [problemCode, text].compactMap { $0 } + notes
        return said.isEmpty ? reason.rawValue : said.joined(separator: ": ")
    }
}
