import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// `POST /auth/{tenant|supplier|wholesale|operator|partner}/access-token`: a token for a client's secret (G-005, RFC 6749 §4.4).
///
/// On the mutual-TLS listener the token is bound to the certificate that the client shows (RFC 8705 §3), and for one whose
/// certificate is registered that is proof enough, without a secret (§2).
package struct TokenEndpoint: Sendable {
    private let authority: TokenAuthority
    private let directory: Directory
    private let source: SourceAddress
    /// Certificates age in real time, whatever the product's clock says (decision 19).
    private let realTime: TimeSource
    private let identities = PeerIdentities()

    package init(
        authority: TokenAuthority,
        directory: Directory,
        source: SourceAddress = SourceAddress(),
        realTime: TimeSource = .real
    ) {
        self.authority = authority
        self.directory = directory
        self.source = source
        self.realTime = realTime
    }

    package func addRoutes(to router: some RouterMethods<BasicContext>, for audiences: [Audience] = Audience.allCases) {
        for audience in audiences {
            router.post("auth/\(audience.pathName)/access-token") { request, context in
                await answer(request, context, for: audience)
            }
        }
        for path in ["auth/keys", ".well-known/jwks.json"] {
            router.get(RouterPath(path)) { [keys = authority.keys] _, _ in keys.jwks }
        }
    }

    private func answer(_ request: Request, _ context: BasicContext, for audience: Audience) async -> ByteResponse {
        do {
            return try await grant(request, context, for: audience)
        } catch let refusal as TokenRefusal {
            return refusal.response
        } catch let error as APIError {
            return TokenRefusal(.invalidRequest, error.message, status: error.status).response
        } catch {
            return TokenRefusal(.serverError, "The token could not be made.", status: .internalServerError).response
        }
    }

    private func grant(_ request: Request, _ context: BasicContext, for audience: Audience) async throws -> ByteResponse
    {
        let body = try await RequestBody.collect(
            request,
            max: 16 * 1024,
            mediaTypes: ["application/x-www-form-urlencoded"]
        )
        guard let form = FormText.fields(of: body) else {
            throw TokenRefusal(.invalidRequest, "The body is not a form, or names a field twice.")
        }
        let certificate = await identities.fingerprint(of: context.channel, at: realTime)
        let shown = try ShownCredentials(form, request.headers[.authorization], certificate: certificate)
        guard let grantType = form["grant_type"] else {
            throw TokenRefusal(.invalidRequest, "grant_type is required.")
        }
        guard grantType == "client_credentials" else {
            throw TokenRefusal(.unsupportedGrantType, "grant_type must be client_credentials.")
        }
        let client = try authenticate(shown, for: audience)
        guard source.allows(client, request, context) else {
            throw TokenRefusal(.unauthorizedClient, "This client may not come from this address.", status: .forbidden)
        }
        let scopes = try scopes(wanted: form["scope"], of: client)
        let token = try await authority.issue(
            to: client.clientID,
            audience: audience,
            scopes: scopes,
            notBefore: client.tokensNotBefore,
            certificate: certificate
        )
        let grant = TokenGrant(accessToken: token, expiresIn: TokenAuthority.lifetimeSeconds)
        return ByteResponse(bytes: grant.json, headers: TokenRefusal.neverStored)
    }

    /// The same words and the same work whether the client is unknown, another interface's, or the secret is wrong.
    private func authenticate(_ shown: ShownCredentials, for audience: Audience) throws -> APIClient {
        let registered = directory.client(shown.clientID).flatMap { audience.admits($0.party) ? $0.client : nil }
        let hashes = registered?.secretHashes ?? []
        let proofs = (hashes.isEmpty ? [Self.nobody] : hashes).map { hash in
            shown.secret.map { SecretHash.verify($0, against: hash) } ?? (shown.certificate != nil)
        }
        let stranger = TokenRefusal(.invalidClient, "Unknown client, or wrong secret.", usedBasic: shown.usedBasic)
        guard let registered, proofs.contains(true) else { throw stranger }
        guard let certificates = registered.certificateFingerprints, !certificates.isEmpty else {
            // A certificate that nobody has registered proves nothing.
            guard shown.secret != nil else { throw stranger }
            return registered
        }
        guard let certificate = shown.certificate, certificates.contains(certificate) else {
            throw TokenRefusal(.invalidClient, "This client must show its certificate.", usedBasic: shown.usedBasic)
        }
        return registered
    }

    private func scopes(wanted: String?, of client: APIClient) throws -> [String] {
        let wanted = wanted?.split(separator: " ").map(String.init) ?? []
        guard !wanted.isEmpty else { return client.scopes }
        guard Set(wanted).isSubset(of: client.grantable) else {
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

/// How a client shows who it is: a secret in the body or by HTTP Basic, but not both ways (RFC 6749 §2.3), or by its
/// name alone and the connection's certificate (RFC 8705 §2).
private struct ShownCredentials {
    let clientID: String
    /// `nil` only where there is a certificate.
    let secret: String?
    let certificate: String?
    let usedBasic: Bool

    init(_ form: [String: String], _ authorization: String?, certificate: String?) throws {
        self.certificate = certificate
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
            guard let clientID = form["client_id"], form["client_secret"] != nil || certificate != nil else {
                throw TokenRefusal(.invalidClient, "client_id and client_secret are required.")
            }
            self.clientID = clientID
            secret = form["client_secret"]
            usedBasic = false
        }
    }
}
