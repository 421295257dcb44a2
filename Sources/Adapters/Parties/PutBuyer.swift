import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird

extension Buyers {
    /// `PUT /operator/v1/buyers/{id}`: registers a buyer, or replaces what is known of it.
    ///
    /// `{buyerIdentifiers, certificates, sources, notifications?, profile?}`; certificates in PEM, several for a rotation;
    /// sources as CIDR, IPv4 and IPv6; profile `{envelope, brokenXmlStatus, appointmentStyle, strict}`. 201 or 200 and the
    /// buyer; 400 with everything that is wrong; 409 a certificate is another party's.
    func put(_ request: Request, _ id: BuyerID, by name: String) async throws -> ByteResponse {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: try await RequestBody.collect(request))
        } catch let error as MalformedJSON {
            throw APIError.malformed(error)
        }
        let problems = Problems()
        let reader = ObjectReader(document.root, problems: problems)
        let terms = terms(reader, id)
        reader.finish(rejectUnknown: true)
        guard problems.isEmpty, let terms else { throw APIError.malformed(problems.all) }
        for fingerprint in terms.access.certificateFingerprints {
            guard let holder = exchange.directory.party(fingerprint: fingerprint) else { continue }
            guard case .buyer(id, _) = holder else {
                throw APIError(.conflict, "The certificate \(fingerprint) is registered for another party.")
            }
        }
        let isNew = exchange.directory.buyer(id) == nil
        try await exchange.register(.buyer(id: id, terms: terms), by: name)
        return Self.response(id, terms, status: isNew ? .created : .ok)
    }

    private func terms(_ reader: ObjectReader, _ id: BuyerID) -> BuyerTerms? {
        if !Self.isFit(id.rawValue) { reader.report(.pattern, "id", "has 1 to 36 letters, digits, - and _") }
        let identifiers = reader.requiredStrings(
            "buyerIdentifiers",
            count: 1...Self.identifiersMax,
            length: 1...BuyerTerms.identifierCharactersMax
        )
        let access = access(reader)
        let notifications = endpoint(reader)
        let profile = reader.optionalObject("profile")
        let usesEnvelope = profile?.optionalBool("envelope") ?? false
        let brokenXMLStatus = profile?.optionalInteger("brokenXmlStatus") ?? 500
        if ![400, 500].contains(brokenXMLStatus) { profile?.report(.rule, "brokenXmlStatus", "must be 500 or 400") }
        let style: BuyerTerms.AppointmentStyle? = profile?.optionalEnum("appointmentStyle")
        let isStrict = profile?.optionalBool("strict")
        profile?.finish(rejectUnknown: true)
        guard let identifiers, let access else { return nil }
        return BuyerTerms(
            access: access,
            buyerIdentifiers: identifiers,
            notifications: notifications,
            usesEnvelope: usesEnvelope,
            brokenXMLStatus: brokenXMLStatus,
            appointmentStyle: style,
            isStrict: isStrict
        )
    }

    private func access(_ reader: ObjectReader) -> MutualTLSTerms? {
        let pems = reader.requiredStrings("certificates", count: 1...Self.certificatesMax, length: 1...20_000)
        let sources = reader.requiredStrings("sources", count: 1...Self.sourcesMax, length: 1...50)
        let certificates = (pems ?? []).compactMap { try? KnownCertificate(pem: $0) }
        if let pems, certificates.count < pems.count {
            reader.report(.pattern, "certificates", "must each be one X.509 certificate in PEM")
        }
        for source in sources ?? [] where AddressRange(source) == nil {
            reader.report(.pattern, "sources", "\(source) is no address or range in CIDR notation")
        }
        guard pems != nil, let sources else { return nil }
        return MutualTLSTerms(
            certificateFingerprints: certificates.map(\.fingerprint),
            sources: sources,
            expiries: Dictionary(certificates.map { ($0.fingerprint, $0.expires) }) { first, _ in first }
        )
    }

    private func endpoint(_ reader: ObjectReader) -> Endpoint? {
        guard let url = reader.optionalString("notifications", length: 1...2_000) else { return nil }
        guard let parsed = URL(string: url), ["https", "http"].contains(parsed.scheme), parsed.host() != nil else {
            reader.report(.pattern, "notifications", "must be a URL of https or http")
            return nil
        }
        return Endpoint(url: url)
    }

    private static func isFit(_ id: String) -> Bool {
        (1...36).contains(id.utf8.count)
            && id.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
                    || $0 == 0x5F
            }
    }

    /// A gateway has one a tenant of its.
    private static let identifiersMax = 1_000
    /// The present one, the next, and some machines'.
    private static let certificatesMax = 20
    private static let sourcesMax = 100
}
