import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// The programs that ask for tokens, whoever's they are, below `/operator/v1/clients` (G-006): their secrets are rotated
/// and their tokens revoked here. For staff with the scope `parties`.
///
/// A change is in force at once, for the next request: also for tokens that were given before.
package struct Clients: Sendable {
    /// As long as the digest in which it is kept: nothing to guess (``SecretHash``).
    private static let secretWords = 4

    let exchange: Exchange
    let checks: PartyChecks

    package init(exchange: Exchange, checks: PartyChecks = PartyChecks()) {
        self.exchange = exchange
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
        routes.get("clients/:id") { _, context in
            _ = try staff(context)
            return try one(try context.parameters.require("id"))
        }
        routes.post("clients/:id/secrets") { _, context in
            try await addSecret(try context.parameters.require("id"), by: try staff(context))
        }
        routes.delete("clients/:id/secrets/previous") { _, context in
            try await change(try context.parameters.require("id"), "EndRotation", by: try staff(context)) { client, _ in
                client.keepNewestSecret()
            }
        }
        routes.post("clients/:id/revocation") { _, context in
            try await change(try context.parameters.require("id"), "RevokeTokens", by: try staff(context)) {
                $0.revokeTokens(at: $1)
            }
        }
        routes.put("clients/:id/restrictions") { request, context in
            try await restrict(request, try context.parameters.require("id"), by: try staff(context))
        }
    }

    /// `GET /operator/v1/clients/{id}`: never its secrets, only how many are good.
    private func one(_ id: String) throws -> ByteResponse {
        guard let known = exchange.directory.client(id) else { throw Self.nobody(id) }
        return known.client.response()
    }

    /// `POST /operator/v1/clients/{id}/secrets`: a new secret, shown this once. The one before stays good until
    /// `DELETE …/secrets/previous`.
    private func addSecret(_ id: String, by name: String) async throws -> ByteResponse {
        let secret = Hex.encode(
            (0..<Self.secretWords).flatMap { _ in withUnsafeBytes(of: exchange.ids.bits()) { Array($0) } }
        )
        let hash = SecretHash.make(secret)
        return try await change(id, "AddSecret", by: name, showing: secret) { client, _ in
            client.addSecret(hash: hash)
        }
    }

    /// `PUT /operator/v1/clients/{id}/restrictions`: `{sources?, certificates?}`, each absent for none. Sources as CIDR;
    /// certificates in PEM, of which it must show one, and to which its tokens are bound (RFC 8705).
    private func restrict(_ request: Request, _ id: String, by name: String) async throws -> ByteResponse {
        var certificates: [KnownCertificate] = []
        let (sources, fingerprints) = try await PartyReading.terms(in: request, as: nil) {
            PartyReading.restrictions($0, &certificates)
        }
        let warnings = await checks.warnings(about: certificates)
        return try await change(id, "RestrictClient", by: name, warnings: warnings) { client, _ in
            client.sources = sources
            client.certificateFingerprints = fingerprints
        }
    }

    private func change(
        _ id: String,
        _ input: String,
        by name: String,
        showing secret: String? = nil,
        warnings: [PartyChecks.Warning] = [],
        _ change: @escaping @Sendable (inout APIClient, Date) -> Void
    ) async throws -> ByteResponse {
        do {
            return try await exchange.changeClient(id, input, by: name, change).response(
                showing: secret,
                warnings: warnings
            )
        } catch let refusal as Rejection where refusal.code == .notFound {
            throw Self.nobody(id)
        }
    }

    private static func nobody(_ id: String) -> APIError { APIError(.notFound, "There is no client \(id).") }
}

extension APIClient {
    fileprivate func response(
        showing secret: String? = nil,
        warnings: [PartyChecks.Warning] = []
    ) -> ByteResponse {
        let bytes = JSONWriter.bytes { json in
            json.object { json in
                json.field("clientId", clientID)
                json.field("clientSecret", secret)
                json.strings("scopes", scopes)
                json.field("secrets", secretHashes.count)
                json.strings("sources", sources)
                json.strings("certificates", certificateFingerprints)
                json.date("tokensNotBefore", tokensNotBefore)
                json.warnings(warnings)
            }
        }
        return ByteResponse(bytes: bytes)
    }
}
