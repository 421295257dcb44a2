import FoundationEssentials

extension Quote {
    /// How long a supplier that took a question may think about it: three working days and a weekend.
    package static let answerWithin: TimeInterval = 5 * 24 * 60 * 60

    /// A tenant asks; each supplier is asked for its own items, at once.
    package static func ask(
        _ id: ID<Quote>,
        _ request: QuoteRequest,
        for tenant: TenantID,
        in conversation: ConversationID,
        at now: Date
    ) throws(Rejection) -> (Quote, [Effect]) {
        let problems = request.problems
        guard problems.isEmpty else { throw Rejection(.invalid, "The quote breaks a rule.", problems: problems) }
        let quote = Quote(
            id: id,
            tenant: tenant,
            conversation: conversation,
            created: now,
            updated: now,
            externalIdentifier: request.externalIdentifier,
            items: request.items.map { Item(wanted: $0) }
        )
        let questions = quote.suppliers.map { Effect.send(.quoteRequested(of: $0), to: .supplier(id: $0)) }
        return (quote, questions + [.arm(quote.timer(.unanswered), at: now + answerWithin)])
    }

    /// In the order of their first items.
    private var suppliers: [SupplierID] {
        var seen: Set<SupplierID> = []
        return items.map(\.wanted.supplier).filter { seen.insert($0).inserted }
    }

    /// The items that a supplier was asked for.
    package func items(of supplier: SupplierID) -> [QuoteItem] {
        items.map(\.wanted).filter { $0.supplier == supplier }
    }
}
