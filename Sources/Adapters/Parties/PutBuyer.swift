import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird

extension Buyers {
    /// `PUT /operator/v1/buyers/{id}`: registers a buyer, or replaces what is known of it.
    ///
    /// `{buyerIdentifiers, certificates, sources, notifications?, profile?}`; certificates in PEM, several for a rotation;
    /// sources as CIDR, IPv4 and IPv6; profile `{envelope, brokenXmlStatus, appointmentStyle, strict, ticketNamespace}`.
    /// 201 or 200 and the buyer; 400 with everything that is wrong; 409 a certificate is another party's.
    func put(_ request: Request, _ id: BuyerID, by name: String) async throws -> ByteResponse {
        let terms = try await PartyReading.terms(in: request, as: id.rawValue, Self.terms)
        try PartyReading.requireFree(terms.access, for: "buyer/\(id)", in: exchange.directory)
        let isNew = exchange.directory.buyer(id) == nil
        try await exchange.register(.buyer(id: id, terms: terms), by: name)
        return Self.response(id, terms, status: isNew ? .created : .ok)
    }

    private static func terms(_ reader: ObjectReader) -> BuyerTerms? {
        let identifiers = reader.requiredStrings(
            "buyerIdentifiers",
            count: 1...identifiersMax,
            length: 1...BuyerTerms.identifierCharactersMax
        )
        let access = PartyReading.access(reader)
        let notifications = PartyReading.endpoint(reader, "notifications")
        let profile = reader.optionalObject("profile")
        let usesEnvelope = profile?.optionalBool("envelope") ?? false
        let brokenXMLStatus = profile?.optionalInteger("brokenXmlStatus") ?? 500
        if ![400, 500].contains(brokenXMLStatus) { profile?.report(.rule, "brokenXmlStatus", "must be 500 or 400") }
        let style: BuyerTerms.AppointmentStyle? = profile?.optionalEnum("appointmentStyle")
        let isStrict = profile?.optionalBool("strict")
        let ticketNamespace: BuyerTerms.TicketNamespace? = profile?.optionalEnum("ticketNamespace")
        profile?.finish(rejectUnknown: true)
        guard let identifiers, let access else { return nil }
        return BuyerTerms(
            access: access,
            buyerIdentifiers: identifiers.map { BuyerIdentifier($0) },
            notifications: notifications,
            usesEnvelope: usesEnvelope,
            brokenXMLStatus: brokenXMLStatus,
            appointmentStyle: style,
            isStrict: isStrict,
            ticketNamespace: ticketNamespace
        )
    }

    /// A gateway has one a tenant of its.
    private static let identifiersMax = 1_000
}
