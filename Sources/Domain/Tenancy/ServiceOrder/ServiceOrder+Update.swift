import FoundationEssentials

extension ServiceOrder {
    /// The supplier says what became of the order (§3.1, G-093).
    ///
    /// A repeat is dropped without a word. An update that overtakes the answer to our own request counts as that
    /// answer (decision 4). One that the state does not allow is refused, and changes nothing.
    mutating func take(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        var next = self
        let verdict = next.heard.take(news.message, sequence: news.sequence)
        guard verdict != .duplicate else { return [] }
        guard !isTerminal || news.reason == .additional else { throw illegal(news.reason.rawValue) }
        var said = news
        if let note = verdict.note { said.notes.append(note) }
        let effects = try next.apply(said, at: now)
        self = next
        return effects
    }

    private mutating func apply(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
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
