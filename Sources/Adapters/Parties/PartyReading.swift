import Domain
import Engine
import Formats
import Hummingbird

/// What the operator's people write of any party that speaks mutual TLS.
enum PartyReading {
    /// The present one, the next, and some machines'.
    private static let certificatesMax = 20
    private static let sourcesMax = 100

    /// The body of a request, read with `read`: 400 with everything that is wrong.
    static func terms<Terms>(
        in request: Request,
        as id: String?,
        _ read: (ObjectReader) -> Terms?
    ) async throws -> Terms {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: try await RequestBody.collect(request))
        } catch let error as MalformedJSON {
            throw APIError.malformed(error)
        }
        let problems = Problems()
        let reader = ObjectReader(document.root, problems: problems)
        if let id, !isFit(id) { reader.report(.pattern, "id", "has 1 to 36 letters, digits, - and _") }
        let terms = read(reader)
        reader.finish(rejectUnknown: true)
        guard problems.isEmpty, let terms else { throw APIError.malformed(problems.all) }
        return terms
    }

    /// A certificate is one party's: 409 where another has it.
    static func requireFree(_ access: MutualTLSTerms, for name: String, in directory: Directory) throws {
        for fingerprint in access.certificateFingerprints {
            guard let holder = directory.party(fingerprint: fingerprint), holder.name != name else { continue }
            throw APIError(.conflict, "The certificate \(fingerprint) is registered for another party.")
        }
    }

    /// `certificates` in PEM, several for a rotation, and `sources` as CIDR, IPv4 and IPv6.
    ///
    /// - Parameter shown: the certificates that could be read, in their order.
    static func access(_ reader: ObjectReader, _ shown: inout [KnownCertificate]) -> MutualTLSTerms? {
        let pems = reader.requiredStrings("certificates", count: 1...certificatesMax, length: 1...20_000)
        let sources = reader.requiredStrings("sources", count: 1...sourcesMax, length: 1...50)
        let certificates = certificates(pems ?? [], reader)
        shown = certificates
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

    /// What a client of the REST interfaces may be held to; an absent list is none.
    static func restrictions(
        _ reader: ObjectReader,
        _ shown: inout [KnownCertificate]
    ) -> (sources: [String]?, fingerprints: [String]?)? {
        let sources = reader.optionalStrings("sources", count: 1...sourcesMax, length: 1...50)
        for source in sources ?? [] where AddressRange(source) == nil {
            reader.report(.pattern, "sources", "\(source) is no address or range in CIDR notation")
        }
        let pems = reader.optionalStrings("certificates", count: 1...certificatesMax, length: 1...20_000)
        shown = certificates(pems ?? [], reader)
        return (sources, pems == nil ? nil : shown.map(\.fingerprint))
    }

    /// Names each that is none, and each that no listener ever takes.
    private static func certificates(_ pems: [String], _ reader: ObjectReader) -> [KnownCertificate] {
        let certificates = pems.compactMap { try? KnownCertificate(pem: $0) }
        if certificates.count < pems.count {
            reader.report(.pattern, "certificates", "must each be one X.509 certificate in PEM")
            return certificates
        }
        for (index, certificate) in certificates.enumerated() {
            guard let reason = certificate.unusable else { continue }
            reader.problems.report(.rule, at: "\(reader.pointer)/certificates/\(index)", reason)
        }
        return certificates
    }

    static func endpoint(_ reader: ObjectReader, _ key: String) -> Endpoint? {
        reader.optionalURL(key).map { Endpoint(url: $0) }
    }

    static func endpoints(_ reader: ObjectReader, _ key: String, count: ClosedRange<Int>) -> [Endpoint]? {
        reader.requiredURLs(key, count: count)?.map { Endpoint(url: $0) }
    }

    private static func isFit(_ id: String) -> Bool {
        (1...36).contains(id.utf8.count)
            && id.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
                    || $0 == 0x5F
            }
    }
}

extension JSONWriter {
    /// `certificates`, as they are recognised, and `sources`.
    mutating func access(_ access: MutualTLSTerms) {
        array("certificates") { json in
            for fingerprint in access.certificateFingerprints {
                json.object { json in
                    json.field("fingerprint", fingerprint)
                    json.date("expires", access.expiries?[fingerprint])
                }
            }
        }
        strings("sources", access.sources)
    }
}
