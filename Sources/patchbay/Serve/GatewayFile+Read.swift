import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials

extension GatewayFile {
    /// - Throws: ``ConfigurationFile/Refused`` with everything that is wrong, each with its place.
    init(_ file: ConfigurationFile) throws(ConfigurationFile.Refused) {
        let root = file.root
        _ = root.requiredChoice("role", from: ["gateway"])
        let database = file.database()
        let plainReader = root.requiredObject("plain")
        let plain = plainReader.flatMap { file.listener($0) }
        let publicURL = plainReader.flatMap { $0.publicURL() }
        file.parts.publicURL = publicURL
        plainReader?.finish(rejectUnknown: true)
        let operations = file.operations()
        let secure = root.optionalObject("secure").flatMap { Self.secure($0, file) }
        let clientReader = root.optionalObject("client")
        let client = clientReader.flatMap { file.tlsFiles($0, for: .client) }
        clientReader?.finish(rejectUnknown: true)
        let signingKey = file.signingKey()
        let otherSigningKeys = file.otherSigningKeys()
        let webhookKey = Self.webhookKey(file)
        let sealingKey = Self.sealingKey(file)
        let suppliers = (root.requiredObjects("suppliers", count: 1...100) ?? []).compactMap { Self.supplier($0, file) }
        let tenants = (root.requiredObjects("tenants", count: 1...1_000) ?? [])
            .compactMap { Self.tenant($0, of: suppliers.map(\.id), file) }
        let staff = (root.optionalObjects("staff", count: 0...100) ?? []).compactMap { Self.staff($0, file) }
        let issuers = (root.optionalObjects("issuers", count: 0...20) ?? []).compactMap { Self.issuer($0, file) }
        let rateLimit = Self.rateLimit(root)
        let proxies = root.ranges("proxies")
        let callable = root.ranges("callable")
        let retention = file.retention()
        if suppliers.contains(where: { $0.ticketingURL != nil }) {
            for key in ["secure", "client"] where !root.has(key) {
                root.report(.missing, key, "is missing, and a supplier's Ticketing API needs it")
            }
        }
        root.refuseDoubles(suppliers.map(\.id.rawValue), "suppliers")
        root.refuseDoubles(tenants.map(\.id.rawValue), "tenants")
        root.refuseDoubles(staff.map(\.name), "staff")
        root.refuseDoubles(issuers.map(\.issuer), "issuers")
        let clients = tenants.flatMap(\.terms.clients) + suppliers.flatMap(\.terms.clients) + staff.flatMap(\.clients)
        for name in clients.map(\.clientID).repeated {
            root.problems.report(.duplicate, at: "", "names the client \(name) twice")
        }
        Self.refuseStrangers(issuers, beside: Set(clients.map { ExactText($0.clientID) }), root)
        let named = Set(issuers.flatMap { $0.clients.values.map { ExactText($0) } })
        for client in clients where client.secretHashes.isEmpty && !named.contains(ExactText(client.clientID)) {
            root.problems.report(
                .rule,
                at: "",
                "has the client \(client.clientID) without a secret, and no issuer names it"
            )
        }
        file.refuseForbidden(Self.called(suppliers, tenants, issuers), beside: callable)
        if let publicURL, issuers.contains(where: { $0.issuer.isExactly(publicURL) }) {
            root.report(.rule, "issuers", "names \(publicURL), which is this gateway itself")
        }
        root.finish(rejectUnknown: true)
        try file.finish()
        guard let database, let plain, let publicURL, let webhookKey, let sealingKey else {
            throw ConfigurationFile.Refused(path: file.path, reasons: ["cannot be understood"])
        }
        self.init(
            database: database,
            plain: plain,
            publicURL: publicURL,
            operations: operations,
            secure: secure,
            client: client,
            signingKey: signingKey,
            otherSigningKeys: otherSigningKeys,
            webhookKey: webhookKey,
            sealingKey: sealingKey,
            tenants: tenants,
            suppliers: suppliers,
            staff: staff,
            issuers: issuers,
            rateLimit: rateLimit,
            proxies: proxies,
            callable: callable,
            retention: retention
        )
    }

    // MARK: - The house

    private static func secure(_ reader: ObjectReader, _ file: ConfigurationFile) -> Secure? {
        let listener = file.listener(reader)
        let server = file.tlsFiles(reader, for: .listener)
        reader.finish(rejectUnknown: true)
        guard let listener, let server else { return nil }
        return Secure(listener: listener, server: server)
    }

    private static func webhookKey(_ file: ConfigurationFile) -> [UInt8]? {
        guard let reader = file.root.requiredObject("webhookKey"), let secret = file.secret(reader) else { return nil }
        reader.finish(rejectUnknown: true)
        let key = WebhookKey.bytes(secret)
        // Standard Webhooks: 24 to 64 bytes.
        if key.map({ (24...64).contains($0.count) }) != true {
            file.root.report(.pattern, "webhookKey", "names no key: whsec_ and 24 to 64 bytes in Base64")
        } else if let key, !SecretStrength.isEnough(key: key) {
            file.root.report(.rule, "webhookKey", "names a key that is easy to guess; draw one, as the guide shows")
        }
        return key
    }

    private static func sealingKey(_ file: ConfigurationFile) -> [UInt8]? {
        guard let reader = file.root.requiredObject("sealingKey"), let secret = file.secret(reader) else { return nil }
        reader.finish(rejectUnknown: true)
        let key = Data(base64Encoded: secret).map { Array($0) }
        if key?.count != SecretBox.keyBytes {
            file.root.report(.pattern, "sealingKey", "names no key: \(SecretBox.keyBytes) bytes in Base64")
        } else if let key, !SecretStrength.isEnough(key: key) {
            file.root.report(.rule, "sealingKey", "names a key that is easy to guess; draw one, as the guide shows")
        }
        return key
    }

    private static func rateLimit(_ parent: ObjectReader) -> RateLimit? {
        guard let reader = parent.optionalObject("rateLimit") else { return nil }
        let requests = reader.requiredInteger("requests", range: 1...1_000_000)
        let seconds = reader.requiredInteger("seconds", range: 1...86_400)
        reader.finish(rejectUnknown: true)
        guard let requests, let seconds else { return nil }
        return RateLimit(requests: requests, seconds: seconds)
    }

    /// Every address that the file has us call, with its place.
    private static func called(
        _ suppliers: [Supplier],
        _ tenants: [(id: TenantID, terms: TenantTerms)],
        _ issuers: [Issuer]
    ) -> [(pointer: String, url: String?)] {
        suppliers.enumerated().flatMap { index, supplier in
            [
                ("/suppliers/\(index)/native/baseURL", supplier.baseURL),
                ("/suppliers/\(index)/native/tokenURL", supplier.access.tokenURL),
                ("/suppliers/\(index)/ticketing/baseURL", supplier.ticketingURL),
            ]
        } + tenants.enumerated().map { ("/tenants/\($0)/updates", $1.terms.updates?.url) }
            + issuers.enumerated().map { ("/issuers/\($0)/keysURL", $1.keys.url) }
    }

    // MARK: - Who there is

    private static func tenant(
        _ reader: ObjectReader,
        of suppliers: [SupplierID],
        _ file: ConfigurationFile
    ) -> (id: TenantID, terms: TenantTerms)? {
        let id = reader.requiredString("id", length: 1...36, pattern: .configuredName)
        let clients = clients(of: reader, file, Scope.ofTenants, usually: [Scope.all.rawValue])
        let updates = reader.has("updates") ? reader.url("updates") : nil
        let served = reader.requiredStrings("suppliers", count: 1...100, length: 1...20) ?? []
        for supplier in served where !suppliers.contains(SupplierID(supplier)) {
            reader.report(.notAllowed, "suppliers", "names \(supplier), which is none of /suppliers")
        }
        let buyer = reader.optionalString("buyerIdentifier", length: 1...BuyerTerms.identifierCharactersMax)
        let rejectStatus = reader.optionalInteger("rejectStatus", range: 400...422) ?? 400
        if ![400, 422].contains(rejectStatus) { reader.report(.notAllowed, "rejectStatus", "is 400 or 422") }
        let isStrict = reader.optionalBool("strict") ?? false
        let addressSource = reader.optionalString("addressSource", length: 1...20)
        if let addressSource, !served.containsExactly(addressSource) {
            reader.report(.notAllowed, "addressSource", "names \(addressSource), which is none of its suppliers")
        }
        let rateLimit = rateLimit(reader)
        reader.finish(rejectUnknown: true)
        guard let id else { return nil }
        let terms = TenantTerms(
            clients: clients,
            updates: updates.map { Endpoint(url: $0) },
            suppliers: served.map { SupplierID($0) },
            buyerIdentifier: buyer ?? id,
            rejectStatus: rejectStatus,
            isStrict: isStrict,
            addressSource: addressSource.map { SupplierID($0) },
            rateLimit: rateLimit
        )
        return (TenantID(id), terms)
    }

    private static func staff(
        _ reader: ObjectReader,
        _ file: ConfigurationFile
    ) -> (name: String, clients: [APIClient])? {
        let name = reader.requiredString("name", length: 1...36, pattern: .configuredName)
        let all = [Scope.parties.rawValue, Scope.privacy.rawValue]
        let clients = clients(of: reader, file, Set(all), usually: all)
        reader.finish(rejectUnknown: true)
        return name.map { ($0, clients) }
    }

    /// Programs that ask for tokens. One without a secret comes only with tokens of an outside issuer.
    static func clients(
        of parent: ObjectReader,
        _ file: ConfigurationFile,
        _ allowed: Set<String>,
        usually: [String]
    ) -> [APIClient] {
        (parent.requiredObjects("clients", count: 1...20) ?? []).compactMap { reader in
            let id = reader.requiredString("clientId", length: 1...100, pattern: .configuredName)
            let hasSecret = reader.has("secretVariable") || reader.has("secretFile")
            let hash = hasSecret ? file.clientSecret(reader) : nil
            let scopes = reader.optionalStrings("scopes", count: 1...10, length: 1...50) ?? usually
            for scope in scopes where !allowed.contains(scope) {
                let choice = allowed.sorted().joined(separator: ", ")
                reader.report(.notAllowed, "scopes", "has \(scope); there are \(choice)")
            }
            let sources = reader.has("sources") ? reader.sources("sources") : nil
            reader.finish(rejectUnknown: true)
            guard let id else { return nil }
            let hashes = hash.map { [$0] } ?? []
            return APIClient(clientID: id, secretHashes: hashes, scopes: scopes, sources: sources)
        }
    }

    // MARK: - Outside issuers

    private static func issuer(_ reader: ObjectReader, _ file: ConfigurationFile) -> Issuer? {
        let issuer = reader.requiredString("issuer", length: 1...2_000)
        let audience = reader.requiredString("audience", length: 1...200)
        let interfaces: [Audience] = [.tenantAPI, .supplierAPI, .operatorAPI]
        let interface = reader.requiredChoice("for", from: interfaces.map(\.pathName))
        let clientClaim = reader.optionalString("clientClaim", length: 1...100) ?? "sub"
        let scopeClaim = reader.optionalString("scopeClaim", length: 1...100)
        let clients = (reader.requiredObjects("clients", count: 1...1_000) ?? []).compactMap(Self.named)
        let keys = keys(reader, file)
        reader.finish(rejectUnknown: true)
        guard let issuer, let audience, let keys,
            let interface = interfaces.first(where: { $0.pathName == interface })
        else { return nil }
        return Issuer(
            issuer: issuer,
            audience: audience,
            interface: interface,
            clientClaim: clientClaim,
            clients: Dictionary(clients.map { (ExactText($0.claim), $0.clientID) }) { first, _ in first },
            scopeClaim: scopeClaim,
            keys: keys
        )
    }

    /// As the issuer names a client, and as it is named here.
    private static func named(_ reader: ObjectReader) -> (claim: String, clientID: String)? {
        let claim = reader.requiredString("named", length: 1...500)
        let id = reader.requiredString("clientId", length: 1...100)
        reader.finish(rejectUnknown: true)
        guard let claim, let id else { return nil }
        return (claim, id)
    }

    private static func keys(_ reader: ObjectReader, _ file: ConfigurationFile) -> Issuer.Keys? {
        switch (reader.has("keysURL"), reader.has("keysFile")) {
        case (true, false): return reader.requiredURL("keysURL").map { .url($0) }
        case (false, true):
            guard file.text("keysFile", in: reader) != nil else { return nil }
            return reader.value("keysFile")?.string.map { .file(path: file.path($0)) }
        case (true, true), (false, false):
            reader.report(.rule, "keysURL", "or keysFile must say where its keys are, one of them")
            return nil
        }
    }

    private static func refuseStrangers(_ issuers: [Issuer], beside known: Set<ExactText>, _ root: ObjectReader) {
        for (index, issuer) in issuers.enumerated() {
            for stranger in Set(issuer.clients.values.map { ExactText($0) }).subtracting(known).sorted() {
                let text = "names \(stranger.text), which is no client in this file"
                root.problems.report(.notAllowed, at: "/issuers/\(index)/clients", text)
            }
        }
    }
}
