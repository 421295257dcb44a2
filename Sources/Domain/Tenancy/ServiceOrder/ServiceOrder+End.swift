import FoundationEssentials

/// A supplier's updates that end an order.
extension ServiceOrder {
    /// Before it is acknowledged an order can be rejected; afterwards only terminated.
    mutating func hearRejected(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .receivedByGateway, .sentToSupplier:
            guard !isUnsolicited else { throw illegal(news.reason.rawValue) }
            note(news)
            var details = news.details
            details.notes.append(Self.resubmitHint)
            let effects = catchUpToSent(at: now)
            state = .rejected(at: now)
            return effects + [inform(.terminated, details, of: news, at: now)]

        case .acknowledged, .inProgress, .held, .pending, .pendingAmendment, .pendingCancellation, .failedToSend,
            .rejected, .cancelled, .failed, .partial, .completed:
            throw illegal(news.reason.rawValue)
        }
    }

    /// The supplier gives it up: cancelled if it says so, else failed.
    mutating func hearTerminated(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        try news.requireProblemCode()
        note(news)
        let effects = catchUpToAcknowledged(of: news, at: now)
        state = news.ending == .cancelled ? .cancelled(at: now) : .failed(at: now)
        return effects + [inform(.terminated, news.details, of: news, at: now)]
    }

    /// The line is live, changed or gone, or as much as there will be. Only work that was under way can be completed.
    ///
    /// A supplier that names no service is believed, and the tenant is told so (§3.1). A cease that nobody here asked for
    /// may be done as soon as it is known.
    mutating func hearCompleted(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        switch working {
        case nil, .acknowledged: guard isUnsolicited else { throw illegal(news.reason.rawValue) }
        case .inProgress, .held: break
        }
        let effects = catchUpToAcknowledged(of: news, at: now)
        note(news)
        var details = news.details
        if serviceID == nil { details.notes.append("The supplier named no SERVICE_ID.") }
        state = news.ending == .partial ? .partial(at: now) : .completed(at: now)
        return effects + [inform(.completed, details, of: news, at: now)]
    }
}
