import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

extension TenantAPI {
    /// As many addresses as one answer has (G-012).
    static let addressesMax = 200

    /// What `GET /v1/addresses` asks for, understood (G-010).
    private struct AddressSearch {
        let source: Suppliers.Supplier
        let postcode: Postcode?
        let uprn: Int64?
        let name: String?
        let streetNumber: String?
        let streetName: String?
        let warnings: [String]

        /// Whether an address passes the filters: a number is one, a name may be a part.
        func shows(_ found: KnownAddress) -> Bool {
            (streetNumber == nil || found.streetNumber?.lowercased() == streetNumber)
                && (streetName.map { found.streetName?.lowercased().contains($0) == true } ?? true)
                && (name.map { (found.name ?? found.unitName)?.lowercased().contains($0) == true } ?? true)
        }
    }

    /// `GET /v1/addresses`: the addresses of a postcode, or of a UPRN, as the tenant's address source has them, with every
    /// identifier that is known of each (G-010 to G-014). None is an empty list.
    ///
    /// What the source teaches of identifiers is kept: it completes addresses that go to suppliers.
    @Sendable func findAddresses(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("GET /addresses", .read, request, context, hasParameters: true) { call in
            let search = try understandAddresses(call)
            guard let desk = search.source.questions[.addressLookup] else { throw Unanswered.notOffered }
            let question = AddressesQuestion(
                asker: call.asker(exchange.ids.messageID(at: exchange.time.now())),
                postcode: search.postcode,
                uprn: search.uprn
            )
            let found = try await desk.addresses(question).filter(search.shows)
            let shown = Array(found.prefix(Self.addressesMax))
            try await exchange.learn(shown.map(\.address), from: "supplier/\(search.source.id)")
            let completed = try await exchange.read { state in
                try shown.map { each in
                    var each = each
                    each.address = try AddressCrosswalk.complete(each.address, in: state)
                    return each
                }
            }
            let bytes = JSONWriter.bytes(reserving: 16_384) { json in
                json.array { json in
                    for each in completed { json.object { AddressView.write(each, to: &$0) } }
                }
            }
            var answer = try await look(call, bytes, warnings: search.warnings)
            if found.count > shown.count { answer.headers[.truncated] = "true" }
            return answer
        }
    }

    private func understandAddresses(_ call: TenantCall) throws -> AddressSearch {
        let reading = TenantReading(isStrict: call.terms.isStrict)
        let query = QueryReader(call.request, reading)
        let postcode = query.postcode("postalCode")
        let uprn = query.integer("uprn", in: 1...999_999_999_999)
        if !query.has("postalCode"), !query.has("uprn") {
            reading.problems.report(.missing, at: "/postalCode", "or uprn is required")
        }
        let source = addressSource(of: call.terms, named: query.optional("supplier"))
        if source == nil { reading.problems.report(.notAllowed, at: "/supplier", "is not a supplier of yours") }
        let (name, number) = (query.optional("name"), query.optional("streetNumber"))
        let street = query.optional("streetName")
        query.close(knowing: ["postalCode", "uprn", "supplier", "name", "streetNumber", "streetName"])
        try reading.finish(.unprocessableContent)
        guard let source else { throw APIError(.unprocessableContent, "The query breaks a rule.") }
        return AddressSearch(
            source: source,
            postcode: postcode,
            uprn: uprn,
            name: name?.lowercased(),
            streetNumber: number?.lowercased(),
            streetName: street?.lowercased(),
            warnings: reading.warnings
        )
    }

    /// The one that is named; else the tenant's own, by its terms; else the first of its suppliers that looks addresses up.
    private func addressSource(of terms: TenantTerms, named name: String?) -> Suppliers.Supplier? {
        if let id = name.map({ SupplierID($0) }) ?? terms.addressSource { return suppliers.supplier(id, for: terms) }
        let mine = terms.suppliers.compactMap { suppliers.supplier($0) }
        return mine.first { $0.contracts[.addressLookup] != nil } ?? mine.first
    }
}

extension QueryReader {
    fileprivate func postcode(_ name: String) -> Postcode? {
        guard let text = optional(name) else { return nil }
        if let postcode = Postcode(text) { return postcode }
        reading.problems.report(.pattern, at: "/\(name)", "must be a postcode, such as QQ1 1AA")
        return nil
    }
}

extension HTTPField.Name {
    /// Says that there are more than the answer has (G-012).
    static let truncated = Self.known("X-Truncated")
}

/// An address as a tenant reads it (G-011).
enum AddressView {
    static func write(_ found: KnownAddress, to json: inout JSONWriter) {
        json.identifier("identifier", found.address)
        json.field("name", found.name)
        json.field("streetNumber", found.streetNumber)
        json.field("streetName", found.streetName)
        json.field("locality", found.locality)
        json.field("city", found.city)
        json.field("postcode", found.postcode)
        json.field("country", found.country)
        if found.unitName != nil || found.unitNumber != nil {
            json.object("subAddress") { json in
                json.field("name", found.unitName)
                json.field("unitNumber", found.unitNumber)
            }
        }
        json.field("qualifier", found.qualifier)
        json.field("source", found.source)
        if !found.attributes.isEmpty { json.characteristics("additionalAttributes", found.attributes) }
    }
}
