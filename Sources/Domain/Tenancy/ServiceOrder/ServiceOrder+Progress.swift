import FoundationEssentials

/// A supplier's updates on the way: acknowledged, committed, delayed, resumed, and remarks.
extension ServiceOrder {
    /// Repeating an acknowledgement says nothing new; it may still bring the supplier's number.
    mutating func hearAcknowledged(_ news: SupplierNews, at now: Date) -> [Effect] {
        note(news)
        return catchUpToAcknowledged(of: news, at: now)
    }

    mutating func hearCommitted(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        guard
            let date = news.committedDate ?? news.targetDate ?? committedDate ?? visit?.slot.day
                ?? request.requestedCompletionDate
        else {
            throw Rejection(
                .invalid,
                "COMMITTED names no date.",
                problems: [Rejection.Problem("", "COMMITTED needs a committedDate or a targetDate in its entity")]
            )
        }
        note(news)
        return catchUpToAcknowledged(of: news, at: now) + commit(to: date, of: news, at: now)
    }

    /// Progress, in words. A held order whose target date moves has been planned anew: it goes on (§3.1).
    mutating func hearProgress(_ news: SupplierNews, at now: Date) -> [Effect] {
        let isReplanned = news.targetDate != nil && news.targetDate != targetDate
        note(news)
        var effects = catchUpToSent(at: now)
        if isReplanned, working == .held, !isPending { moveOn(to: .working(.inProgress)) }
        effects.append(inform(.update, news.details, of: news, at: now))
        return effects
    }

    /// Any number of them, without a change of state (SM-01); ADDITIONAL even after the end (SM-02).
    mutating func hearRemark(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        if news.reason == .warning { try news.requireProblemCode() }
        note(news)
        let type = news.reason == .warning ? InformationType.warning : .additional
        return catchUpToSent(at: now) + [inform(type, news.details, of: news, at: now)]
    }

    /// It stands still for a reason of the supplier's. The target may move; the commitment never does.
    mutating func hearDelay(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        try news.requireProblemCode()
        note(news)
        let effects = catchUpToAcknowledged(of: news, at: now)
        moveOn(to: isPending ? .pending(was: .held) : .working(.held))
        return effects + [inform(.delay, news.details, of: news, at: now)]
    }

    /// It goes on. The tenant reads RESUMED if the target stands, UPDATE if it moved.
    mutating func hearResumed(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        switch working {
        case nil: throw illegal(news.reason.rawValue)
        case .acknowledged: guard isPending else { throw illegal(news.reason.rawValue) }
        case .inProgress, .held: break
        }
        let isReplanned = news.targetDate != nil && news.targetDate != targetDate
        note(news)
        moveOn(to: .working(working == .acknowledged ? .acknowledged : .inProgress))
        return [inform(isReplanned ? .update : .resumed, news.details, of: news, at: now)]
    }

    /// Whether the tenant is waited for, under an open request too.
    var isPending: Bool {
        switch state {
        case .pending: true
        case .pendingAmendment(let was), .pendingCancellation(let was):
            switch was {
            case .pending: true
            case .working: false
            }
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .acknowledged, .inProgress, .held,
            .cancelled, .failed, .partial, .completed:
            false
        }
    }
}
