import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// How tenants are told, below `/operator/v1/tenants`: where, as whom, and signed with what (G-080). For staff with the
/// scope `parties`. In force for the next attempt, also at KCIs that wait.
package struct TenantUpdatesTerms: Sendable {
    private static let keyBytes = 32

    let exchange: Exchange
    /// `nil`: the house has no key, and keeps no secrets.
    let secrets: SecretBox?
    let checks: PartyChecks

    package init(exchange: Exchange, secrets: SecretBox?, checks: PartyChecks = PartyChecks()) {
        self.exchange = exchange
        self.secrets = secrets
        self.checks = checks
    }

    package func add(to staff: RouterGroup<StaffContext>) {
        add(to: staff) { context in
            try context.require(.parties)
            return "operator/\(context.name)"
        }
    }

    /// The routes themselves, for requests of which `staff` says whose they are, or throws.
    func add<Context: RequestContext>(
        to routes: some RouterMethods<Context>,
        staff: @escaping @Sendable (Context) throws -> String
    ) {
        let routes = routes.neverStored.withoutParameters
        routes.get("tenants/:id/updates") { _, context in
            _ = try staff(context)
            return try terms(of: try Self.tenant(context)).response()
        }
        routes.put("tenants/:id/updates") { request, context in
            try await put(request, try Self.tenant(context), by: try staff(context))
        }
        routes.post("tenants/:id/webhook-secrets") { _, context in
            try await addSecret(try Self.tenant(context), by: try staff(context))
        }
        routes.delete("tenants/:id/webhook-secrets/previous") { _, context in
            try await change(try Self.tenant(context), by: try staff(context)) { $0.keepNewestWebhookSecret() }
        }
    }

    /// `PUT /operator/v1/tenants/{id}/updates`: `{url, access?}`, access one of
    /// `{type: "oauth2", tokenUrl, clientId, clientSecret, scope?, clientAuthentication?}`, `{type: "basic", user, password}`,
    /// `{type: "mutual-tls"}`: the gateway's own certificate.
    private func put(_ request: Request, _ tenant: TenantID, by name: String) async throws -> ByteResponse {
        let box = try requireBox()
        let (endpoint, access) = try await PartyReading.terms(in: request, as: nil) { reader in
            Self.read(reader, box)
        }
        try await checks.requireCallable([("/url", endpoint.url), ("/access/tokenUrl", access?.tokenURL)])
        return try await change(tenant, by: name) { terms in
            terms.updates = endpoint
            terms.updatesAccess = access
        }
    }

    /// `POST /operator/v1/tenants/{id}/webhook-secrets`: a new secret, shown this once. KCIs have the signatures of this
    /// and of the one before until `DELETE …/webhook-secrets/previous`.
    private func addSecret(_ tenant: TenantID, by name: String) async throws -> ByteResponse {
        let key = (0..<Self.keyBytes).map { _ in UInt8(truncatingIfNeeded: exchange.ids.bits()) }
        let secret = WebhookKey.spelt(key)
        let sealed = try requireBox().seal(secret)
        return try await change(tenant, by: name, showing: secret) { $0.addWebhookSecret(sealed) }
    }

    private func change(
        _ tenant: TenantID,
        by name: String,
        showing secret: String? = nil,
        _ change: @escaping @Sendable (inout TenantTerms) -> Void
    ) async throws -> ByteResponse {
        do {
            let terms = try await exchange.changeTenant(tenant, "ChangeTenantUpdates", by: name, change)
            return terms.response(showing: secret)
        } catch let refusal as Rejection where refusal.code == .notFound {
            throw APIError(rejection: refusal, status: .notFound)
        }
    }

    private func terms(of tenant: TenantID) throws -> TenantTerms {
        guard let terms = exchange.directory.tenant(tenant) else {
            throw APIError(.notFound, "There is no tenant \(tenant).")
        }
        return terms
    }

    private func requireBox() throws -> SecretBox {
        guard let secrets else {
            throw APIError(.conflict, "This house has no key for secrets, so it keeps none.")
        }
        return secrets
    }

    private static func tenant(_ context: some RequestContext) throws -> TenantID {
        TenantID(try context.parameters.require("id"))
    }

    private static func read(_ reader: ObjectReader, _ box: SecretBox) -> (Endpoint, UpdatesAccess?)? {
        let endpoint = reader.requiredURL("url").map { Endpoint(url: $0) }
        let shown = reader.optionalObject("access")
        let access = shown.flatMap { Self.access($0, box) }
        shown?.finish(rejectUnknown: true)
        guard let endpoint, shown == nil || access != nil else { return nil }
        return (endpoint, access)
    }

    private static func access(_ reader: ObjectReader, _ box: SecretBox) -> UpdatesAccess? {
        func sealed(_ key: String) -> SealedSecret? {
            reader.requiredString(key, length: 1...1_000).flatMap { try? box.seal($0) }
        }
        switch reader.requiredChoice("type", from: ["oauth2", "basic", "mutual-tls"]) {
        case "mutual-tls": return .mutualTLS
        case "basic":
            let user = reader.requiredString("user", length: 1...200)
            if user?.contains(":") == true { reader.report(.pattern, "user", "must have no colon") }
            guard let user, let password = sealed("password") else { return nil }
            return .basic(user: user, password: password)
        case "oauth2":
            let tokenURL = reader.requiredURL("tokenUrl")
            let clientID = reader.requiredString("clientId", length: 1...200)
            let secret = sealed("clientSecret")
            let scope = reader.optionalString("scope", length: 1...500)
            let authentication: ClientAuthentication? = reader.optionalEnum("clientAuthentication")
            guard let tokenURL, let clientID, let secret else { return nil }
            return .oauth2(
                tokenURL: tokenURL,
                clientID: clientID,
                secret: secret,
                scope: scope,
                authentication: authentication
            )
        case _: return nil
        }
    }
}

extension UpdatesAccess {
    fileprivate var tokenURL: String? {
        guard case .oauth2(let tokenURL, _, _, _, _) = self else { return nil }
        return tokenURL
    }
}

extension TenantTerms {
    /// Never a secret, but one that was made just now.
    fileprivate func response(showing secret: String? = nil) -> ByteResponse {
        let bytes = JSONWriter.bytes { json in
            json.object { json in
                json.field("url", updates?.url)
                json.field("webhookSecret", secret)
                json.field("webhookSecrets", webhookSecrets?.count ?? 0)
                guard let updatesAccess else { return }
                json.object("access") { json in
                    switch updatesAccess {
                    case .mutualTLS: json.field("type", "mutual-tls")
                    case .basic(let user, _):
                        json.field("type", "basic")
                        json.field("user", user)
                    case .oauth2(let tokenURL, let clientID, _, let scope, let authentication):
                        json.field("type", "oauth2")
                        json.field("tokenUrl", tokenURL)
                        json.field("clientId", clientID)
                        json.field("scope", scope)
                        json.field("clientAuthentication", authentication?.rawValue)
                    }
                }
            }
        }
        return ByteResponse(bytes: bytes)
    }
}
