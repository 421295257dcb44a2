import FoundationEssentials

/// A tenant's question for prices, put to each supplier that it names (G-030 to G-032). Items live by themselves: one
/// supplier's failure doesn't hide another's price.
///
///     asked ──▶ taken ──▶ offered ──▶ accepted (an order used it)
///       │         │          └──────▶ expired
///       ├─────────┼─▶ declined
///       └─────────┴─▶ failed: no answer
package struct Quote: Aggregate {
    package enum ItemState: Codable, Equatable, Sendable {
        case asked
        /// 202: the supplier has it, and the price is to come.
        case taken
        case offered(offer: QuoteOffer)
        case declined(reasons: [String])
        case failed(reason: String)
        case accepted(offer: QuoteOffer, by: EntityRef)
        case expired(offer: QuoteOffer)
    }

    package struct Item: Codable, Equatable, Sendable {
        package let wanted: QuoteItem
        package internal(set) var state = ItemState.asked
    }

    package enum Input: Codable, Equatable, Sendable {
        case supplierTook(supplier: SupplierID)
        case supplierAnswered(supplier: SupplierID, answers: [QuoteAnswer])
        case supplierRefused(supplier: SupplierID, reasons: [String])
        case sendingFailed(supplier: SupplierID, reason: String)
    }

    package enum Alarm: String, CaseIterable, Sendable { case expires, unanswered }
    package static let fixedAlarms: [Alarm] = [.expires]

    package static let kind = Kind.quote
    package let id: ID<Quote>
    package let tenant: TenantID
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package let externalIdentifier: String
    package internal(set) var items: [Item]

    package var owner: Owner { .tenant(tenant) }
    package var stateName: String { status.rawValue }

    /// By the supplier's name for an offer that can still be accepted.
    package var lookups: [Lookup] {
        items.compactMap { item in
            guard case .offered(let offer) = item.state else { return nil }
            return Self.lookup(offer.supplierQuoteID, of: item.wanted.supplier, for: tenant)
        }
    }

    package static func lookup(_ supplierQuoteID: String, of supplier: SupplierID, for tenant: TenantID) -> Lookup {
        Lookup("supplierQuoteId", KeyParts.joined(tenant.rawValue, supplier.rawValue, supplierQuoteID))
    }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .supplierTook(let supplier): take(by: supplier)
        case .supplierAnswered(let supplier, let answers): hear(answers, of: supplier, at: now)
        case .supplierRefused(let supplier, let reasons): settle(supplier, as: .declined(reasons: reasons))
        case .sendingFailed(let supplier, let reason): settle(supplier, as: .failed(reason: reason))
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        switch alarm {
        case .expires: expire(at: now)
        case .unanswered: giveUp()
        }
    }
}
