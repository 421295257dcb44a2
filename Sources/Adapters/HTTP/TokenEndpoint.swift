import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// `POST /auth/{tenant|supplier|wholesale|operator|partner}/access-token`: a token for a client's secret (G-005, RFC 6749 §4.4).
package struct TokenEndpoint: Sendable {
    private let authority: TokenAuthority
    private let directory: Directory

    package init(authority: TokenAuthority, directory: Directory) {
        self.authority = authority
        self.directory = directory
    }

    package func addRoutes(to router: some RouterMethods<BasicContext>, for audiences: [Audience] = Audience.allCases) {
        for audience in audiences {
            router.post("auth/\(audience.pathName)/access-token") { request, _ in
                await answer(request, for: audience)
            }
        }
        router.get("auth/keys") { [key = authority.key] _, _ in ByteResponse(bytes: key.jwks) }
    }

    private func answer(_ request: Request, for audience: Audience) async -> ByteResponse {
        do {
            return try await grant(request, for: audience)
        } catch let refusal as TokenRefusal {
            return refusal.response
        } catch let error as APIError {
            return TokenRefusal(.invalidRequest, error.message, status: error.status).response
        } catch {
            return TokenRefusal(.serverError, "The token could not be made.", status: .internalServerError).response
        }
    }

    private func grant(_ request: Request, for audience: Audience) async throws -> ByteResponse {
        let body = try await RequestBody.collect(
            request,
            max: 16 * 1024,
            mediaTypes: ["application/x-www-form-urlencoded"]
        )
        guard let form = FormText.fields(of: body) else {
            throw TokenRefusal(.invalidRequest, "The body is not a form, or names a field twice.")
        }
        let shown = try ShownSecret(form: form, authorization: request.headers[.authorization])
        guard let grantType = form["grant_type"] else {
            throw TokenRefusal(.invalidRequest, "grant_type is required.")
        }
        guard grantType == "client_credentials" else {
            throw TokenRefusal(.unsupportedGrantType, "grant_type must be client_credentials.")
        }
        let client = try authenticate(shown, for: audience)
        let scopes = try scopes(wanted: form["scope"], of: client)
        let token = try await authority.issue(to: client.clientID, audience: audience, scopes: scopes)
        let grant = TokenGrant(accessToken: token, expiresIn: TokenAuthority.lifetimeSeconds)
        return ByteResponse(bytes: grant.json, headers: TokenRefusal.neverStored)
    }

    /// The same words and the same work whether the client is unknown, another interface's, or the secret is wrong.
    private func authenticate(_ shown: ShownSecret, for audience: Audience) throws -> APIClient {
        let registered = directory.client(shown.clientID).flatMap { audience.admits($0.party) ? $0.client : nil }
        let hashes = registered?.secretHashes ?? []
        let matches = (hashes.isEmpty ? [Self.nobody] : hashes).filter { SecretHash.verify(shown.secret, against: $0) }
        guard let registered, !matches.isEmpty else {
            throw TokenRefusal(.invalidClient, "Unknown client, or wrong secret.", usedBasic: shown.usedBasic)
        }
        return registered
    }

    private func scopes(wanted: String?, of client: APIClient) throws -> [String] {
        let wanted = wanted?.split(separator: " ").map(String.init) ?? []
        guard !wanted.isEmpty else { return client.scopes }
        guard Set(wanted).isSubset(of: client.scopes) else {
            throw TokenRefusal(.invalidScope, "The client may not have every scope it asks for.")
        }
        return wanted
    }

    private static let nobody = SecretHash.make("", salt: [UInt8](repeating: 0, count: 16))
}

extension Audience {
    func admits(_ party: Party.Role) -> Bool {
        switch (self, party) {
        case (.tenantAPI, .tenant), (.supplierAPI, .supplier), (.wholesaleAPI, .customer),
            (.operatorAPI, .operatorStaff), (.partnerAPI, .partnerStaff):
            true
        case (.tenantAPI, _), (.supplierAPI, _), (.wholesaleAPI, _), (.operatorAPI, _), (.partnerAPI, _): false
        }
    }
}

/// The identifier and secret that a client shows, in the body or by HTTP Basic, but not both ways (RFC 6749 §2.3).
private struct ShownSecret {
    let clientID: String
    let secret: String
    let usedBasic: Bool

    init(form: [String: String], authorization: String?) throws {
        if let authorization {
            guard form["client_secret"] == nil else {
                throw TokenRefusal(.invalidRequest, "Show the secret in the body or by Basic, not both.")
            }
            let parts = authorization.split(separator: " ")
            guard parts.count == 2, parts[0].lowercased() == "basic",
                let pair = Data(base64Encoded: String(parts[1])).flatMap({ String(validating: $0, as: UTF8.self) }),
                let colon = pair.firstIndex(of: ":"),
                let clientID = FormText.decode(pair[..<colon]),
                let secret = FormText.decode(pair[pair.index(after: colon)...])
            else { throw TokenRefusal(.invalidClient, "The Basic credentials cannot be read.", usedBasic: true) }
            self.clientID = clientID
            self.secret = secret
            usedBasic = true
        } else {
            guard let clientID = form["client_id"], let secret = form["client_secret"] else {
                throw TokenRefusal(.invalidClient, "client_id and client_secret are required.")
            }
            self.clientID = clientID
            self.secret = secret
            usedBasic = false
        }
    }
}
