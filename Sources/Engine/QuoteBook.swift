import Domain
import FoundationEssentials
import Storage

extension Change {
    /// Takes up a supplier's offer for an order, in the same commit (F-040, G-032).
    ///
    /// One that is another tenant's, unknown, expired or used is refused in the same words, at `/supplierQuoteId`.
    @discardableResult
    package mutating func acceptQuote(
        _ supplierQuoteID: String,
        of supplier: SupplierID,
        for tenant: TenantID,
        by user: EntityRef
    ) throws -> Quote {
        let lookup = Quote.lookup(supplierQuoteID, of: supplier, for: tenant)
        guard let quote = try find(Quote.self, by: lookup.key, lookup.value, limit: 1).first else {
            throw Quote.unusable
        }
        return try decide(quote.id, of: .tenant(tenant)) { quote, now in
            try quote.accept(supplierQuoteID, of: supplier, by: user, at: now)
        }
    }
}
