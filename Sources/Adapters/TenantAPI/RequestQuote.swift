import Domain
import Engine
import Formats
import FoundationEssentials
import Hummingbird

extension TenantAPI {
    /// `POST /v1/quote`: a tenant asks what connections cost (G-030).
    ///
    /// Answers 201 once every supplier's question is durable; prices are read by `GET /v1/quote/{id}`.
    @Sendable func requestQuote(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("POST /quote", .orders, request, context) { call in
            let (wanted, warnings) = try call.read { reader, reading in
                try Self.understandQuote(reader, reading, call.terms, suppliers)
            }
            let id = try await exchange.draw(Quote.self)
            return try await answerOnce(call, "RequestQuote", status: 201, warnings: warnings) { change in
                let (quote, effects) = try Quote.ask(
                    id,
                    wanted,
                    for: call.tenant,
                    in: call.conversation,
                    at: change.now
                )
                let asked = try change.found(quote, effects)
                return Promise(entity: asked.ref, view: QuoteView.json(asked), location: "/v1/quote/\(id)")
            }
        }
    }

    /// `GET /v1/quote/{id}`: with what each supplier has said so far (G-031).
    @Sendable func readQuote(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await read("GET /quote/{id}", Quote.self, request, context, QuoteView.json)
    }

    /// Each item is asked of a supplier, and comes back with prices: fifty make the largest answer that is still small.
    private static let itemsMax = 50

    static func understandQuote(
        _ reader: ObjectReader,
        _ reading: TenantReading,
        _ terms: TenantTerms,
        _ suppliers: Suppliers
    ) throws -> QuoteRequest? {
        let externalIdentifier = reader.requiredString("externalIdentifier", length: 1...64)
        let readers = reader.requiredObjects("quoteItems", count: 1...itemsMax) ?? []
        var suppliersAsked: [Suppliers.Supplier] = []
        let items = readers.map { item -> QuoteItem? in
            defer { reading.close(item) }
            let supplier = item.supplier(of: terms, among: suppliers)
            if let supplier { suppliersAsked.append(supplier) }
            return quoteItem(item, of: supplier?.id, reading)
        }
        guard let externalIdentifier, !items.isEmpty, !items.contains(nil) else { return nil }
        let request = QuoteRequest(externalIdentifier: externalIdentifier, items: items.compactMap(\.self))
        for problem in request.problems { reading.problems.report(.rule, at: problem.pointer, problem.message) }
        if let without = suppliersAsked.first(where: { $0.contracts[.quotes] == nil }) {
            throw Rejection(.notOffered, "\(without.id) gives no quotes.")
        }
        return request
    }

    private static func quoteItem(_ reader: ObjectReader, of supplier: SupplierID?, _ reading: TenantReading)
        -> QuoteItem?
    {
        let number = reader.requiredInteger("id", range: 0...Int(ReadingLimits.idMax))
        let sites = reader.requiredObjects("sites", count: 2...ReadingLimits.elementsMax)?.map { site in
            defer { reading.close(site) }
            return QuoteSite(site, reading)
        }
        let contract = QuoteContract(reader.requiredObject("contractDetails"), reading)
        let services = reader.requiredObjects("service", count: 1...ReadingLimits.elementsMax)?.map { service in
            defer { reading.close(service) }
            return QuotedService(service, reading)
        }
        guard let number, let supplier, let sites, !sites.contains(nil), let contract, let services,
            !services.contains(nil)
        else { return nil }
        return QuoteItem(
            number: number,
            supplier: supplier,
            sites: sites.compactMap(\.self),
            contract: contract,
            services: services.compactMap(\.self)
        )
    }
}

extension QuoteSite {
    fileprivate init?(_ reader: ObjectReader, _ reading: TenantReading) {
        let name = reader.requiredString("name", length: 1...100)
        let address = reader.requiredString("address", length: 1...250)
        let postcode = reader.requiredString("postcode", length: 1...10)
        let role = reader.requiredEnum("role", as: Role.self)
        let characteristics = reader.characteristics("siteCharacteristics", atLeast: 0, reading)
        if let postcode, Postcode(postcode) == nil {
            reader.report(.pattern, "postcode", "must be a postcode, such as QQ1 1AA")
            return nil
        }
        guard let name, let address, let postcode, let role, let characteristics else { return nil }
        self.init(name: name, address: address, postcode: postcode, role: role, characteristics: characteristics)
    }
}

extension QuoteContract {
    fileprivate init?(_ reader: ObjectReader?, _ reading: TenantReading) {
        guard let reader else { return nil }
        defer { reading.close(reader) }
        let length = reader.requiredObject("contractLength")
        let value = length?.requiredInteger("value", range: 1...120)
        let unit = length?.requiredEnum("unit", as: Unit.self)
        reading.close(length)
        let billing = reader.requiredEnum("billingFrequency", as: Billing.self)
        let alteration = reader.optionalString("priceAlteration", length: 1...100)
        guard let value, let unit, let billing else { return nil }
        self.init(length: value, unit: unit, billing: billing, priceAlteration: alteration)
    }
}

extension QuotedService {
    fileprivate init?(_ reader: ObjectReader, _ reading: TenantReading) {
        let specification = reader.specification(reading)
        // As this contract spells it, in the singular.
        let characteristics = reader.characteristics("serviceCharacteristic", atLeast: 0, reading)
        guard let specification, let characteristics else { return nil }
        self.init(specification: specification, characteristics: characteristics)
    }
}
