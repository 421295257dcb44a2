import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird
import Logging
import Metrics

/// `POST /auth/{tenant|supplier|wholesale|operator|partner}/access-token`: a token for a client's secret (G-005, RFC 6749 §4.4).
///
/// On the mutual-TLS listener the token is bound to the certificate that the client shows (RFC 8705 §3), and for one whose
/// certificate is registered that is proof enough, without a secret (§2).
package struct TokenEndpoint: Sendable {
    private let authority: TokenAuthority
    private let directory: Directory
    private let source: SourceAddress
    private let guesses: GuessLimits
    private let metrics: any MetricsFactory
    /// Certificates age in real time, whatever the product's clock says (decision 19).
    private let realTime: TimeSource
    private let identities = PeerIdentities()

    package init(
        authority: TokenAuthority,
        directory: Directory,
        source: SourceAddress = SourceAddress(),
        guesses: GuessLimits = GuessLimits(),
        metrics: any MetricsFactory = MetricsSystem.factory,
        realTime: TimeSource = .real
    ) {
        self.authority = authority
        self.directory = directory
        self.source = source
        self.guesses = guesses
        self.metrics = metrics
        self.realTime = realTime
    }

    /// - Parameter publishesKeys: whether the keys are there too; once a table.
    package func addRoutes(
        to router: some RouterMethods<BasicContext>,
        for audiences: [Audience] = Audience.allCases,
        publishingKeys publishesKeys: Bool = true
    ) {
        for audience in audiences {
            router.post("auth/\(audience.pathName)/access-token") { request, context in
                await answer(request, context, for: audience)
            }
        }
        guard publishesKeys else { return }
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
        let client = try authenticate(shown, for: audience, from: origin(of: request, context), context.logger)
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
        let grant = TokenGrant(accessToken: token, expiresIn: TokenAuthority.lifetimeSeconds, scopes: scopes)
        return ByteResponse(bytes: grant.json, headers: TokenRefusal.neverStored)
    }

    /// The client, unless too many wrong secrets were shown for it from where the request comes.
    private func authenticate(
        _ shown: ShownCredentials,
        for audience: Audience,
        from origin: String,
        _ logger: Logger
    ) throws -> APIClient {
        let name = shown.clientID
        // Refused whatever the secret is: an answer that differs would be one more guess.
        if let seconds = guesses.retryAfter(name, from: origin) {
            count(name, origin)
            throw TokenRefusal.tooManyGuesses(retryAfter: seconds)
        }
        do {
            let client = try authenticate(shown, for: audience)
            guesses.succeeded(name, from: origin)
            return client
        } catch {
            if shown.hasSecret, let seconds = guesses.failed(name, from: origin) {
                logger.warning(
                    "token requests of a client are refused after too many wrong secrets",
                    metadata: ["pb-client": "\(name)", "pb-address": "\(origin)", "pb-seconds": "\(seconds)"]
                )
            }
            throw error
        }
    }

    /// A name that was made up is no label: there is no end of them.
    private func count(_ client: String, _ origin: String) {
        let known = directory.client(client) == nil ? "unknown" : client
        let labels = [("client", known), ("address", guesses.label(of: origin))]
        Counter(label: "pb_token_guesses_refused_total", dimensions: labels, factory: metrics).increment()
    }

    /// From where secrets are guessed: an IPv4 address, or the /64 of an IPv6 address, for one customer has all of it.
    private func origin(of request: Request, _ context: BasicContext) -> String {
        guard let address = source.of(request, context) else { return "unknown" }
        guard let bytes = AddressRange.bytes(of: address), bytes.count == 16 else {
            return address.ipAddress ?? "unknown"
        }
        return AddressRange.prefix64(bytes)
    }

    /// The same words and the same work whether the client is unknown, another interface's, or the secret is wrong.
    private func authenticate(_ shown: ShownCredentials, for audience: Audience) throws -> APIClient {
        let stranger = TokenRefusal(.invalidClient, "Unknown client, or wrong secret.", usedBasic: shown.usedBasic)
        let proved = shown.readings.compactMap { reading in prove(reading, of: shown, for: audience) }
        guard let registered = proved.first else { throw stranger }
        guard let certificates = registered.certificateFingerprints, !certificates.isEmpty else {
            // A certificate that is not registered proves nothing.
            guard shown.hasSecret else { throw stranger }
            return registered
        }
        guard let certificate = shown.certificate, certificates.contains(certificate) else {
            throw TokenRefusal(.invalidClient, "This client must show its certificate.", usedBasic: shown.usedBasic)
        }
        return registered
    }

    private func prove(
        _ reading: ShownCredentials.Shown,
        of shown: ShownCredentials,
        for audience: Audience
    ) -> APIClient? {
        let registered = directory.client(reading.clientID).flatMap { audience.admits($0.party) ? $0.client : nil }
        let hashes = registered?.secretHashes ?? []
        let proofs = (hashes.isEmpty ? [Self.unknownClient] : hashes).map { hash in
            reading.secret.map { SecretHash.verify($0, against: hash) } ?? (shown.certificate != nil)
        }
        return proofs.contains(true) ? registered : nil
    }

    private func scopes(wanted: String?, of client: APIClient) throws -> [String] {
        let wanted = wanted?.split(separator: " ").map(String.init) ?? []
        guard !wanted.isEmpty else { return client.scopes }
        guard Set(wanted).isSubset(of: client.grantable) else {
            throw TokenRefusal(.invalidScope, "The client may not have every scope it asks for.")
        }
        return wanted
    }

    private static let unknownClient = SecretHash.make("", salt: [UInt8](repeating: 0, count: 16))
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
