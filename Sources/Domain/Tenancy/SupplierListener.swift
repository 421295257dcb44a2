import FoundationEssentials

/// Something of a tenant's that a supplier works on and speaks of: an order, a test, a problem.
///
/// What the supplier says is heard in the order of its numbers (G-079); what the tenant is told of it is numbered under
/// the entity's own lock (decision 11).
protocol SupplierListener: Aggregate {
    var tenant: TenantID { get }
    var log: KCILog { get set }
    /// Which of the supplier's updates were taken.
    var heard: HeardUpdates { get set }
    /// Updates of the supplier's that wait for others before them.
    var early: EarlyUpdates? { get set }
    var isTerminal: Bool { get }
    /// What is missing before an early update is given up.
    static var releaseAlarm: Alarm { get }

    /// One update, when its turn has come.
    mutating func apply(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect]
    func illegal(_ what: String) -> Rejection
}

/// What somebody else said, of which a KCI repeats the two dates (G-070).
protocol DatedNews {
    var issuedOn: Date { get }
    var receivedOn: Date { get }
}

extension SupplierNews: DatedNews {}

extension TicketNews: DatedNews {
    var issuedOn: Date { sentAt }
}

extension SupplierListener {
    mutating func tell(_ content: KCI.Content, of news: (any DatedNews)? = nil, at now: Date) -> Effect {
        let kci = log.add(content, at: now, issuedOn: news?.issuedOn, receivedOn: news?.receivedOn)
        return .send(.kci(kci), to: .tenant(id: tenant))
    }

    mutating func inform(
        _ type: InformationType,
        _ details: KCIDetails = KCIDetails(),
        of news: (any DatedNews)? = nil,
        at now: Date
    ) -> Effect {
        tell(.information(type: type, details: details), of: news, at: now)
    }
}
