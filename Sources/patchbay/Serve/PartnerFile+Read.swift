import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials

extension PartnerFile {
    /// - Throws: ``ConfigurationFile/Refused`` with everything that is wrong, each with its place.
    init(_ file: ConfigurationFile) throws(ConfigurationFile.Refused) {
        let root = file.root
        _ = root.requiredChoice("role", from: ["partner"])
        let database = file.database()
        let plainReader = root.requiredObject("plain")
        let plain = plainReader.flatMap { file.listener($0) }
        let publicURL = plainReader.flatMap { $0.publicURL() }
        file.parts.publicURL = publicURL
        let operations = file.operations()
        let secureReader = root.requiredObject("secure")
        let secure = secureReader.flatMap { file.listener($0) }
        let server = secureReader.flatMap { file.tlsFiles($0, for: .listener) }
        let clientReader = root.requiredObject("client")
        let client = clientReader.flatMap { file.tlsFiles($0, for: .client) }
        let signingKey = file.signingKey()
        let otherSigningKeys = file.otherSigningKeys()
        let retention = file.retention()
        let operators = (root.requiredObjects("operators", count: 1...100) ?? []).compactMap { Self.peer($0, file) }
        let apps = (root.optionalObjects("apps", count: 0...100) ?? []).compactMap { Self.app($0, file) }
        let proxies = root.ranges("proxies")
        let callable = root.ranges("callable")
        let numberPrefix = root.optionalString("numberPrefix", length: 1...20) ?? "WO-"
        root.refuseDoubles(operators.map(\.id.rawValue), "operators")
        root.refuseDoubles(apps.flatMap { $0.clients.map(\.clientID) }, "apps")
        let called = operators.enumerated().map { ("/operators/\($0)/endpoint", $1.terms.endpoint.url as String?) }
        file.refuseForbidden(called, beside: callable)
        for reader in [plainReader, secureReader, clientReader, root] { reader?.finish(rejectUnknown: true) }
        try file.finish()
        guard let database, let plain, let publicURL, let secure, let server, let client else {
            throw ConfigurationFile.Refused(path: file.path, reasons: ["cannot be understood"])
        }
        self.init(
            database: database,
            plain: plain,
            publicURL: publicURL,
            operations: operations,
            secure: secure,
            server: server,
            client: client,
            signingKey: signingKey,
            operators: operators,
            apps: apps,
            proxies: proxies,
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
        let id = reader.requiredString("id", length: 1...36, pattern: .configuredName)
        let endpoint = reader.url("endpoint", schemes: [.https])
        let access = file.peer(reader)
        let acknowledgement: DispatcherTerms.Acknowledgement? = reader.optionalEnum("acknowledgement")
        let acceptance: DispatcherTerms.Acceptance? = reader.optionalEnum("acceptance")
        let types = reader.optionalStrings("jobTypes", count: 1...4, length: 1...20)
        let jobTypes = types?.compactMap { JobPack.JobType(rawValue: $0) }
        if types?.count != jobTypes?.count {
            let all = JobPack.JobType.allCases.map(\.rawValue).joined(separator: ", ")
            reader.report(.notAllowed, "jobTypes", "may have: \(all)")
        }
        let numbersPerConnection = reader.optionalBool("idsPerConnection")
        reader.finish(rejectUnknown: true)
        guard let id, let endpoint else { return nil }
        let terms = DispatcherTerms(
            access: access,
            endpoint: Endpoint(url: endpoint),
            acknowledgement: acknowledgement ?? .plain,
            acceptance: acceptance ?? .automatic,
            jobTypes: jobTypes,
            numbersPerConnection: numbersPerConnection
        )
        return (DispatcherID(id), terms)
    }

    // MARK: - Apps

    private static func app(
        _ reader: ObjectReader,
        _ file: ConfigurationFile
    ) -> (name: String, clients: [APIClient])? {
        let name = reader.requiredString("name", length: 1...36, pattern: .configuredName)
        let clientID = reader.requiredString("clientId", length: 1...100, pattern: .configuredName)
        let hash = file.clientSecret(reader)
        let mayChange = reader.optionalBool("mayChange") ?? true
        reader.finish(rejectUnknown: true)
        guard let name, let clientID, let hash else { return nil }
        let scopes = mayChange ? [Scope.read.rawValue, Scope.jobs.rawValue] : [Scope.read.rawValue]
        return (name, [APIClient(clientID: clientID, secretHashes: [hash], scopes: scopes)])
    }
}
