import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `GET /addresses`: the addresses of a postcode, or of a UPRN, under every name that the operator has for each
    /// (G-094: addressLookup).
    @Sendable func lookUpAddresses(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "LookUpAddresses", parameters: ["postalCode", "uprn"]) { asked, query in
            let found = try Self.understandAddresses(query, in: book.town)
            return try await look(asked) { _ in
                CustomerAnswer(status: 200) { json in
                    json.object { json in
                        json.array("addresses") { json in
                            for each in found { json.object { $0.wholesaleKnownAddress(each) } }
                        }
                    }
                }
            }
        }
    }

    private static func understandAddresses(_ query: FilterReader, in town: Town) throws -> [KnownAddress] {
        let problems = query.problems
        let (wantedPostcode, wantedUPRN) = (query.single("postalCode"), query.single("uprn"))
        let postcode = wantedPostcode.flatMap { Postcode($0) }
        let uprn = wantedUPRN.flatMap { ID<Town>(text: $0)?.number }
        if wantedPostcode != nil, postcode == nil {
            problems.report(.pattern, at: "/postalCode", "must be a postcode")
        }
        if wantedUPRN != nil, uprn == nil { problems.report(.pattern, at: "/uprn", "must be a UPRN") }
        if wantedPostcode == nil, wantedUPRN == nil {
            problems.report(.missing, at: "/postalCode", "or uprn is required")
        }
        guard problems.isEmpty else { throw APIError.malformed(problems.all) }
        guard let uprn else { return postcode.map { town.addresses(at: $0) } ?? [] }
        return town.address(uprn: uprn).map { [$0] }?
            .filter { postcode == nil || $0.postcode == postcode?.description } ?? []
    }
}

extension JSONWriter {
    mutating func wholesaleKnownAddress(_ found: KnownAddress) {
        object("identifier") { $0.wholesaleIdentifiers(of: found.address) }
        field("name", found.name)
        field("streetNumber", found.streetNumber)
        field("streetName", found.streetName)
        field("locality", found.locality)
        field("city", found.city)
        field("postcode", found.postcode)
        field("country", found.country)
        if found.unitName != nil || found.unitNumber != nil {
            object("subAddress") { json in
                json.field("name", found.unitName)
                json.field("unitNumber", found.unitNumber)
            }
        }
        field("qualifier", found.qualifier)
        if !found.attributes.isEmpty { wholesaleCharacteristics("additionalAttributes", found.attributes) }
    }
}

extension WholesaleReading {
    /// An address as its source has it; the source is who was asked.
    static func knownAddress(_ object: ObjectReader, from source: String) -> KnownAddress? {
        let address = address(object.requiredObject("identifier"))
        let postcode = object.requiredString("postcode", length: 1...10)
        let unit = object.optionalObject("subAddress")
        guard let address, let postcode else { return nil }
        return KnownAddress(
            address: address,
            name: object.optionalString("name", length: 1...200),
            streetNumber: object.optionalString("streetNumber", length: 1...50),
            streetName: object.optionalString("streetName", length: 1...200),
            locality: object.optionalString("locality", length: 1...200),
            city: object.optionalString("city", length: 1...200),
            postcode: postcode,
            country: object.optionalString("country", length: 1...100),
            unitName: unit?.optionalString("name", length: 1...200),
            unitNumber: unit?.optionalString("unitNumber", length: 1...50),
            qualifier: object.optionalString("qualifier", length: 1...50),
            source: source,
            attributes: characteristics(object.optionalObjects("additionalAttributes"))
        )
    }
}
