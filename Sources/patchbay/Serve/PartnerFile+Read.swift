import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials

extension PartnerFile {
    /// Short secrets are guessed, long before they are rotated.
    private static let secretCharactersMin = 16

    /// - Throws: ``ConfigurationFile/Refused`` with everything that is wrong, each with its place.
    init(_ file: ConfigurationFile) throws(ConfigurationFile.Refused) {
        let root = file.root
        _ = root.requiredChoice("role", from: ["partner"])
        let database = root.requiredString("database", length: 1...1_000).map(file.path)
        let plainReader = root.requiredObject("plain")
        let plain = plainReader.flatMap { Listener($0) }
        let publicURL = plainReader.flatMap { Self.url("publicURL", in: $0, schemes: ["https", "http"]) }
        let secureReader = root.requiredObject("secure")
        let secure = secureReader.flatMap { Listener($0) }
        let server = secureReader.flatMap { file.tlsFiles($0) }
        let clientReader = root.requiredObject("client")
        let client = clientReader.flatMap { file.tlsFiles($0) }
        let signingKey = root.has("signingKey") ? Self.signingKey(file) : nil
        let otherSigningKeys = (root.optionalStrings("otherSigningKeys", count: 0...10, length: 1...1_000) ?? [])
            .compactMap { Self.signingKey(named: $0, "otherSigningKeys", file) }
        let retention = Self.retention(root)
        let operators = (root.requiredObjects("operators", count: 1...100) ?? []).compactMap { Self.peer($0, file) }
        let apps = (root.optionalObjects("apps", count: 0...100) ?? []).compactMap { Self.app($0, file) }
        let callable = Self.ranges("callable", in: root)
        let numberPrefix = root.optionalString("numberPrefix", length: 1...20) ?? "WO-"
        Self.refuseDoubles(operators.map(\.id.rawValue), "operators", root)
        Self.refuseDoubles(apps.flatMap { $0.clients.map(\.clientID) }, "apps", root)
        for reader in [plainReader, secureReader, clientReader, root] { reader?.finish(rejectUnknown: true) }
        try file.finish()
        guard let database, let plain, let publicURL, let secure, let server, let client else {
            throw ConfigurationFile.Refused(path: file.path, reasons: ["cannot be understood"])
        }
        self.init(
            database: database,
            plain: plain,
            publicURL: publicURL,
            secure: secure,
            server: server,
            client: client,
            signingKey: signingKey,
            operators: operators,
            apps: apps,
            callable: callable,
            numberPrefix: numberPrefix,
            otherSigningKeys: otherSigningKeys,
            retention: retention
        )
    }

    // MARK: - Operators

    private static func peer(
        _ reader: ObjectReader,
        _ file: ConfigurationFile
    ) -> (id: DispatcherID, terms: DispatcherTerms)? {
        let id = reader.requiredString("id", length: 1...36, pattern: .name)
        let endpoint = url("endpoint", in: reader, schemes: ["https"])
        let certificates = reader.requiredStrings("certificates", count: 1...20, length: 1...1_000) ?? []
        let known = certificates.enumerated().compactMap { index, named -> KnownCertificate? in
            guard let text = file.contents(of: named, "certificates", in: reader) else { return nil }
            if let certificate = try? KnownCertificate(pem: text) { return certificate }
            reader.report(.rule, "certificates/\(index)", "is no X.509 certificate in PEM")
            return nil
        }
        let sources = reader.requiredStrings("sources", count: 1...100, length: 1...50) ?? []
        for source in sources where AddressRange(source) == nil {
            reader.report(.pattern, "sources", "has \(source), which is no address or range in CIDR notation")
        }
        let acknowledgement: DispatcherTerms.Acknowledgement? = reader.optionalEnum("acknowledgement")
        let acceptance: DispatcherTerms.Acceptance? = reader.optionalEnum("acceptance")
        let types = reader.optionalStrings("jobTypes", count: 1...4, length: 1...20)
        let jobTypes = types?.compactMap { JobPack.JobType(rawValue: $0) }
        if types?.count != jobTypes?.count {
            let all = JobPack.JobType.allCases.map(\.rawValue).joined(separator: ", ")
            reader.report(.notAllowed, "jobTypes", "may have: \(all)")
        }
        reader.finish(rejectUnknown: true)
        guard let id, let endpoint else { return nil }
        let terms = DispatcherTerms(
            access: MutualTLSTerms(
                certificateFingerprints: known.map(\.fingerprint),
                sources: sources,
                expiries: Dictionary(known.map { ($0.fingerprint, $0.expires) }) { first, _ in first }
            ),
            endpoint: Endpoint(url: endpoint),
            acknowledgement: acknowledgement ?? .plain,
            acceptance: acceptance ?? .automatic,
            jobTypes: jobTypes
        )
        return (DispatcherID(id), terms)
    }

    // MARK: - Apps

    private static func app(
        _ reader: ObjectReader,
        _ file: ConfigurationFile
    ) -> (name: String, clients: [APIClient])? {
        let name = reader.requiredString("name", length: 1...36, pattern: .name)
        let clientID = reader.requiredString("clientId", length: 1...100, pattern: .name)
        let secret = file.secret(reader)
        if let secret, secret.count < secretCharactersMin {
            let key = reader.has("secretFile") ? "secretFile" : "secretVariable"
            reader.report(.tooShort, key, "names a secret of fewer than \(secretCharactersMin) characters")
        }
        let mayChange = reader.optionalBool("mayChange") ?? true
        reader.finish(rejectUnknown: true)
        guard let name, let clientID, let secret else { return nil }
        let scopes = mayChange ? [Scope.read.rawValue, Scope.jobs.rawValue] : [Scope.read.rawValue]
        return (name, [APIClient(clientID: clientID, secretHashes: [SecretHash.make(secret)], scopes: scopes)])
    }

    // MARK: - Parts

    private static func signingKey(_ file: ConfigurationFile) -> String? {
        guard let named = file.root.requiredString("signingKey", length: 1...1_000) else { return nil }
        return signingKey(named: named, "signingKey", file)
    }

    private static func signingKey(named: String, _ key: String, _ file: ConfigurationFile) -> String? {
        guard let pem = file.contents(of: named, key, in: file.root) else { return nil }
        if (try? SigningKey(pem: pem)) == nil {
            file.root.report(.rule, key, "names no EC key of P-256 in PEM")
        }
        return pem
    }

    /// Days, for people decide by them: a week at least, so that whoever is called on Monday finds Friday's messages.
    private static func retention(_ root: ObjectReader) -> Retention {
        let reader = root.optionalObject("retention")
        let days = 7...36_500
        let messages = reader?.optionalInteger("messageDays", range: days)
        let parcels = reader?.optionalInteger("sentDays", range: days)
        reader?.finish(rejectUnknown: true)
        return Retention(
            messages: messages.map { .seconds($0 * 86_400) },
            parcels: parcels.map { .seconds($0 * 86_400) }
        )
    }

    private static func url(_ key: String, in reader: ObjectReader, schemes: [String]) -> String? {
        guard let text = reader.requiredString(key, length: 1...2_000) else { return nil }
        guard let url = URL(string: text), let scheme = url.scheme, schemes.contains(scheme), url.host() != nil else {
            reader.report(.pattern, key, "must be a URL of \(schemes.joined(separator: " or "))")
            return nil
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private static func ranges(_ key: String, in reader: ObjectReader) -> [AddressRange] {
        (reader.optionalStrings(key, count: 0...100, length: 1...50) ?? []).compactMap { text in
            if let range = AddressRange(text) { return range }
            reader.report(.pattern, key, "has \(text), which is no address or range in CIDR notation")
            return nil
        }
    }

    private static func refuseDoubles(_ names: [String], _ key: String, _ reader: ObjectReader) {
        for name in Set(names) where names.filter({ $0 == name }).count > 1 {
            reader.report(.duplicate, key, "names \(name) twice")
        }
    }
}

extension PartnerFile.Listener {
    fileprivate init?(_ reader: ObjectReader) {
        let host = reader.optionalString("host", length: 1...253) ?? "127.0.0.1"
        guard let port = reader.requiredInteger("port", range: 0...65_535) else { return nil }
        self.init(host: host, port: port)
    }
}

extension Pattern {
    fileprivate static let name = Pattern("letters, digits, -, . and _") { utf8 in
        utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || [0x2D, 0x2E, 0x5F].contains($0)
        }
    }
}
