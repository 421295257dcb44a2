import FoundationEssentials

extension SupplierListener {
    /// The supplier says what became of it (G-093).
    ///
    /// A repeat is dropped without a word. One that overtakes another update waits a little for it (G-079). One that the
    /// state does not allow is refused, and changes nothing.
    mutating func take(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        var next = self
        let effects = try next.place(news, at: now)
        self = next
        return effects
    }

    private mutating func place(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        guard early?.contains(news) != true else { return [] }
        switch heard.place(of: news.message, sequence: news.sequence) {
        case .duplicate:
            return []
        case .late:
            heard.record(news.message, sequence: news.sequence)
            return [remark(on: news, "late", at: now)]
        case .early where !isTerminal:
            return wait(with: news, at: now)
        case .next, .early:
            guard !isTerminal || news.reason == .additional else { throw illegal(news.reason.rawValue) }
            heard.record(news.message, sequence: news.sequence)
            return try apply(news, at: now) + goOn(at: now)
        }
    }

    /// Keeps it until what is missing before it has come, or is given up.
    private mutating func wait(with news: SupplierNews, at now: Date) -> [Effect] {
        var waiting = early ?? EarlyUpdates(since: now)
        waiting.add(news)
        early = waiting
        guard waiting.updates.count < EarlyUpdates.countMax else { return release(at: now) }
        return [.arm(timer(Self.releaseAlarm), at: waiting.due(at: now))]
    }

    /// What waited for the update that was just taken.
    private mutating func goOn(at now: Date) -> [Effect] {
        guard early != nil else { return [] }
        var effects: [Effect] = []
        var next = heard.lastSequence + 1
        while let news = early?.take(next) {
            effects += follow(news, at: now)
            next = heard.lastSequence + 1
        }
        guard early?.updates.isEmpty == true else { return effects }
        early = nil
        return effects + [.disarm(timer(Self.releaseAlarm))]
    }

    /// What is missing is given up; what waited is taken in the order in which it was written.
    mutating func release(at now: Date) -> [Effect] {
        let waiting = early?.inOrder ?? []
        early = nil
        return waiting.flatMap { follow($0, at: now) } + [.disarm(timer(Self.releaseAlarm))]
    }

    /// One that waited was taken in already, so nobody is left to be told of a refusal but the tenant.
    private mutating func follow(_ news: SupplierNews, at now: Date) -> [Effect] {
        var said = news
        if let missing = news.sequence.flatMap({ heard.skipped(before: $0) }) {
            said.notes.append(HeardUpdates.note(of: missing))
        }
        heard.record(news.message, sequence: news.sequence)
        guard !isTerminal || said.reason == .additional else {
            return [remark(on: said, "It came after the end.", at: now)]
        }
        var next = self
        do {
            let effects = try next.apply(said, at: now)
            self = next
            return effects
        } catch {
            return [remark(on: said, error.message, at: now)]
        }
    }

    /// What an update said that can no longer move anything; after the end there are only remarks (SM-02).
    private mutating func remark(on news: SupplierNews, _ text: String, at now: Date) -> Effect {
        var details = news.details
        details.notes = ([news.reason.rawValue, news.text].compactMap { $0 }) + news.notes
        details.text = text
        return inform(isTerminal ? .additional : .update, details, of: news, at: now)
    }
}
