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
    /// 201 or 200 and the buyer, with `warnings` about certificates; 400 with everything that is wrong; 409 a certificate is
    /// another party's, or a buyerIdentifier another buyer's.
    func put(_ request: Request, _ id: BuyerID, by name: String) async throws -> ByteResponse {
        var certificates: [KnownCertificate] = []
        let terms = try await PartyReading.terms(in: request, as: id.rawValue) { Self.terms($0, &certificates) }
        try PartyReading.requireFree(terms.access, for: "buyer/\(id)", in: exchange.directory)
        try requireFree(terms.buyerIdentifiers, for: id)
        try await checks.requireCallable([("/notifications", terms.notifications?.url)])
        let warnings = await checks.warnings(about: certificates)
        let isNew = exchange.directory.buyer(id) == nil
        do {
            try await exchange.register(.buyer(id: id, terms: terms), by: name)
        } catch let refusal as Rejection where refusal.code == .alreadyExists {
            // Another was registered in this very moment.
            throw APIError(.conflict, "A buyerIdentifier is another buyer's.")
        }
        return Self.response(id, terms, status: isNew ? .created : .ok, warnings: warnings)
    }

    /// A buyerIdentifier is one buyer's: 409 where another has it.
    private func requireFree(_ identifiers: [BuyerIdentifier], for buyer: BuyerID) throws {
        for identifier in identifiers {
            guard let holder = exchange.directory.buyer(with: identifier, otherThan: buyer) else { continue }
            throw APIError(.conflict, "The buyerIdentifier \(identifier) is the buyer \(holder)'s.")
        }
    }

    private static func terms(_ reader: ObjectReader, _ certificates: inout [KnownCertificate]) -> BuyerTerms? {
        let identifiers = reader.requiredStrings(
            "buyerIdentifiers",
            count: 1...identifiersMax,
            length: 1...BuyerTerms.identifierCharactersMax
        )
        let access = PartyReading.access(reader, &certificates)
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
