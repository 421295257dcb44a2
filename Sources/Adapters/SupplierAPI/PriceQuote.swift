import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `POST /quote`: what connections cost, item by item, at once (G-030, G-031).
    ///
    /// One item that cannot be had is rejected with its reasons; the others have their prices all the same.
    @Sendable func priceQuote(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "PriceQuote") { asked in
            let (number, items) = try Self.understandQuote(asked.body)
            let reference = try await exchange.draw(QuoteOffer.self, from: "supplyQuote")
            let town = book.town
            return try await answer(asked) { change in
                let priced = items.map { item in
                    PricedItem(item, reference: "SQ\(reference)-\(item.number)", in: town, at: change.now)
                }
                return CustomerAnswer(status: 201) { json in
                    json.object { json in
                        json.field("id", number)
                        json.array("quoteItems") { json in
                            for item in priced { json.object { item.write(to: &$0) } }
                        }
                    }
                }
            }
        }
    }

    private static func understandQuote(_ body: [UInt8]) throws -> (Int, [QuoteItem]) {
        try WholesaleReading.read(body) { object in
            let number = object.requiredInteger("id", range: WholesaleLimits.numbers)
            let items = object.requiredObjects("quoteItems", count: WholesaleLimits.elements)?.map(
                WholesaleReading.quoteItem
            )
            guard let number, let items, !items.contains(nil) else { return nil }
            return (number, items.compactMap(\.self))
        }
    }
}

/// The operator's price of one item: a price list, so that the same wish costs the same today and tomorrow.
struct PricedItem: Sendable {
    /// How long it stands.
    static let validity: TimeInterval = 30 * 24 * 60 * 60
    /// From the order to the live line, in days, where nothing has to be dug.
    private static let leadTimeDays = 30
    /// Beyond this a connection is surveyed before anybody prices it.
    static let megabitsMax: Int64 = 10_000

    let item: QuoteItem
    private let answer: QuoteAnswer

    init(_ item: QuoteItem, reference: String, in town: Town, at now: Date) {
        self.item = item
        let reasons = Self.reasons(against: item, in: town)
        guard reasons.isEmpty else {
            answer = .declined(item: item.number, reasons: reasons)
            return
        }
        let offer = QuoteOffer(
            supplierQuoteID: reference,
            prices: Self.prices(of: item),
            leadTimeDays: Self.leadTimeDays,
            validUntil: now + Self.validity
        )
        answer = .offered(item: item.number, offer: offer)
    }

    private static func reasons(against item: QuoteItem, in town: Town) -> [String] {
        item.services.flatMap { service -> [String] in
            var reasons: [String] = []
            if !town.sells(service.specification.id), service.specification.id != "ethernet" {
                reasons.append("There is no product \(service.specification.id).")
            }
            if megabits(of: service) ?? 0 > megabitsMax { reasons.append("So much bandwidth needs a survey first.") }
            return reasons
        }
    }

    /// A site costs 500.00 to connect. A service is 150.00 a month and 0.20 a megabit, 5 % less for each full year of the
    /// contract after the first, four at most.
    private static func prices(of item: QuoteItem) -> [QuotePrice] {
        let connection = Money(pence: Int64(item.sites.count) * 50_000)
        let years = Int64(min(max(item.contract.months / 12 - 1, 0), 4))
        let list = item.services.reduce(Int64(0)) { $0 + 15_000 + (megabits(of: $1) ?? 1_000) * 20 }
        return [
            QuotePrice(every: nil, amount: connection),
            QuotePrice(every: .month, amount: Money(pence: list * (100 - 5 * years) / 100)),
        ]
    }

    private static func megabits(of service: QuotedService) -> Int64? {
        service.characteristics["BANDWIDTH_MBPS"].flatMap { Int64($0) }.map { max(0, $0) }
    }

    func write(to json: inout JSONWriter) {
        json.field("id", item.number)
        switch answer {
        case .declined(_, let reasons):
            json.field("status", "REJECTED")
            json.strings("reasons", reasons)
        case .offered(_, let offer):
            json.field("status", "APPROVED")
            json.field("supplierQuoteId", offer.supplierQuoteID)
            json.array("prices") { json in
                for price in offer.prices {
                    json.object { json in
                        json.field("priceType", price.every == nil ? "ONE_OFF" : "RECURRING")
                        json.field("recurringPeriod", price.every?.rawValue)
                        json.field("amount", price.amount.description)
                        json.field("currency", "GBP")
                    }
                }
            }
            json.field("leadTimeDays", offer.leadTimeDays)
            json.date("validUntil", offer.validUntil)
        }
    }
}
