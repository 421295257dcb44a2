import FoundationEssentials

/// What a supplier offers for one item (G-031).
package struct QuoteOffer: Codable, Equatable, Sendable {
    /// The supplier's own name for it, by which an order accepts it (F-040).
    package let supplierQuoteID: String
    package let prices: [QuotePrice]
    package let leadTimeDays: Int?
    package let notes: String?
    package let validUntil: Date

    package init(
        supplierQuoteID: String,
        prices: [QuotePrice],
        leadTimeDays: Int? = nil,
        notes: String? = nil,
        validUntil: Date
    ) {
        self.supplierQuoteID = supplierQuoteID
        self.prices = prices
        self.leadTimeDays = leadTimeDays
        self.notes = notes
        self.validUntil = validUntil
    }
}

package struct QuotePrice: Codable, Equatable, Sendable {
    package enum Period: String, Codable, CaseIterable, Sendable {
        case month = "MONTH"
        case year = "YEAR"
    }

    /// `nil`: once.
    package let every: Period?
    package let amount: Money

    package init(every: Period?, amount: Money) {
        self.every = every
        self.amount = amount
    }
}

/// A supplier's word on one item.
package enum QuoteAnswer: Codable, Equatable, Sendable {
    case offered(item: Int, offer: QuoteOffer)
    case declined(item: Int, reasons: [String])

    var item: Int {
        switch self {
        case .offered(let item, _), .declined(let item, _): item
        }
    }
}
