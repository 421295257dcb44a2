import FoundationEssentials

extension ServiceOrder {
    /// What the supplier says became of the order (§3.1, G-093), each update in its turn.
    ///
    /// One that overtakes the answer to our own request counts as that answer (decision 4).
    mutating func apply(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        switch news.reason {
        case .acknowledged: return hearAcknowledged(news, at: now)
        case .committed: return try hearCommitted(news, at: now)
        case .update: return hearProgress(news, at: now)
        case .additional, .warning: return try hearRemark(news, at: now)
        case .delay: return try hearDelay(news, at: now)
        case .resumed: return try hearResumed(news, at: now)
        case .informationRequired, .reappoint: return try hearQuestion(news, at: now)
        case .reappointed: return try hearReappointed(news, at: now)
        case .amended, .amendmentRejected: return try hearAmendment(news, at: now)
        case .cancelled, .cancellationRejected: return try hearCancellation(news, at: now)
        case .orderRejected: return try hearRejected(news, at: now)
        case .terminated: return try hearTerminated(news, at: now)
        case .completed: return try hearCompleted(news, at: now)
        case .created, .confirm: throw illegal(news.reason.rawValue)
        }
    }
}
