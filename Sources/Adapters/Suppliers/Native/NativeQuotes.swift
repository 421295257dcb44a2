import Domain
import Engine
import Formats
import FoundationEssentials

/// Quotes by the native contract: `POST /quote` (G-090).
enum NativeQuotes {
    static func body(_ quote: Quote, of supplier: SupplierID) -> [UInt8] {
        JSONWriter.bytes(reserving: 1_024) { json in
            json.object { json in
                json.field("tenant", quote.tenant.rawValue)
                json.field("id", quote.id.number)
                json.field("externalIdentifier", quote.externalIdentifier)
                json.array("quoteItems") { json in
                    for item in quote.items(of: supplier) { json.object { $0.wholesaleQuoteItem(item) } }
                }
            }
        }
    }

    /// What an answer says of each item; `nil` if it cannot be read.
    static func answers(in root: JSONValue) -> [QuoteAnswer]? {
        let problems = Problems()
        let reader = ObjectReader(root, problems: problems)
        let answers = reader.requiredObjects("quoteItems", count: 0...500)?.compactMap(answer)
        return problems.isEmpty ? answers : nil
    }

    private static func answer(_ reader: ObjectReader) -> QuoteAnswer? {
        let item = reader.requiredInteger("id")
        let status = reader.requiredChoice("status", from: ["APPROVED", "REJECTED", "PENDING"])
        guard let item, let status else { return nil }
        switch status {
        case "APPROVED": return offer(reader).map { .offered(item: item, offer: $0) }
        case "REJECTED": return .declined(item: item, reasons: reader.optionalStrings("reasons") ?? [])
        case _: return nil
        }
    }

    private static func offer(_ reader: ObjectReader) -> QuoteOffer? {
        let id = reader.requiredString("supplierQuoteId", length: 1...50)
        let prices = reader.requiredObjects("prices", count: 1...100)?.compactMap(price)
        let leadTime = reader.optionalInteger("leadTimeDays", range: 0...3_650)
        let notes = reader.optionalString("supplierNotes", length: 1...1_000)
        let validUntil = reader.requiredDateTime("validUntil")
        guard let id, let prices, let validUntil else { return nil }
        return QuoteOffer(
            supplierQuoteID: id,
            prices: prices,
            leadTimeDays: leadTime,
            notes: notes,
            validUntil: validUntil
        )
    }

    /// Amounts are strings of digits; in another currency than pounds nobody here could compare them.
    private static func price(_ reader: ObjectReader) -> QuotePrice? {
        let type = reader.requiredChoice("priceType", from: ["ONE_OFF", "RECURRING"])
        let text = reader.requiredString("amount", length: 1...20)
        _ = reader.requiredChoice("currency", from: ["GBP"])
        let period = type == "RECURRING" ? reader.requiredEnum("recurringPeriod", as: QuotePrice.Period.self) : nil
        guard type != nil, let text else { return nil }
        guard let amount = Money(text) else {
            reader.report(.pattern, "amount", "must be an amount such as 149.99")
            return nil
        }
        return QuotePrice(every: period, amount: amount)
    }
}
