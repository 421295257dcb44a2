import Adapters
import Engine
import Logging

/// Who may come in with a token: the same on every listener.
struct Doors {
    let tokens: TokenEndpoint
    let bearer: @Sendable (Audience) -> BearerAuthentication
    /// One count a tenant, whichever listener it comes to.
    let limits: LimitRequests
    let logger: Logger

    init(_ configuration: Configuration, _ directory: Directory, _ base: Foundations) async throws {
        let authority = TokenAuthority(
            issuer: configuration.plainURL,
            keys: await KeyRing(
                try SigningKey(pem: configuration.signingKey),
                others: try configuration.otherSigningKeys.map { try SigningKey(pem: $0) }
            ),
            outside: configuration.outsideIssuers,
            time: base.time
        )
        let source = SourceAddress(proxies: configuration.proxies)
        tokens = TokenEndpoint(authority: authority, directory: directory, source: source)
        bearer = { audience in
            BearerAuthentication(audience, authority: authority, directory: directory, source: source)
        }
        limits = LimitRequests(configuration.rateLimit)
        logger = base.logger
    }
}
