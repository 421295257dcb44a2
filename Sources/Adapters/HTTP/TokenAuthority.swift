import Crypto
import Domain
import Engine
import FoundationEssentials
import JWTKit

/// What a token says, once its signature, issuer, audience and time were checked. Only ``TokenAuthority`` makes one.
package struct VerifiedToken: Sendable {
    package let clientID: String
    package let audience: Audience
    package let scopes: Set<String>

    fileprivate init(_ claims: AccessClaims, audience: Audience) {
        clientID = claims.sub
        self.audience = audience
        scopes = Set(claims.scope.split(separator: " ").map(String.init))
    }
}

/// Gives access tokens out and checks them (G-005, decision 29): ES256, an hour on the product's clock.
package struct TokenAuthority: Sendable {
    package static let lifetimeSeconds = 3600
    /// Ours are under 500 bytes; a longer one isn't ours, and is not worth hashing.
    private static let tokenBytesMax = 4096

    private let issuer: String
    private let time: TimeSource
    package let key: SigningKey
    private let keys: JWTKeyCollection
    /// Checking a signature costs 90 µs, finding it checked before costs one.
    private let checked = RecentlyUsed<SHA256.Digest, AccessClaims>(capacity: 10_000)

    /// - Parameter issuer: the public base URL.
    package init(issuer: String, key: SigningKey, time: TimeSource) async {
        self.issuer = issuer
        self.key = key
        self.time = time
        keys = await JWTKeyCollection().add(ecdsa: key.key, kid: .init(string: key.identifier))
    }

    package func issue(to clientID: String, audience: Audience, scopes: [String]) async throws -> String {
        let now = Int64(time.now().timeIntervalSince1970)
        let claims = AccessClaims(
            iss: issuer,
            aud: audience.rawValue,
            sub: clientID,
            scope: scopes.joined(separator: " "),
            iat: now,
            exp: now + Int64(Self.lifetimeSeconds)
        )
        return try await keys.sign(claims, kid: .init(string: key.identifier))
    }

    /// Checks a token for one interface, or says in words why it is not good there.
    package func verify(_ token: String, audience: Audience) async throws(APIError) -> VerifiedToken {
        guard token.utf8.count <= Self.tokenBytesMax else {
            throw .noToken(audience: audience, "The token is too long.")
        }
        let claims = try await claims(of: token, audience: audience)
        guard claims.iss == issuer, claims.aud == audience.rawValue else {
            throw .noToken(audience: audience, "The token is for another interface.")
        }
        guard Int64(time.now().timeIntervalSince1970) < claims.exp else {
            throw .noToken(audience: audience, "The token has expired.")
        }
        return VerifiedToken(claims, audience: audience)
    }

    private func claims(of token: String, audience: Audience) async throws(APIError) -> AccessClaims {
        let digest = SHA256.hash(data: Array(token.utf8))
        if let known = checked[digest] { return known }
        do {
            let claims = try await keys.verify(token, as: AccessClaims.self)
            checked[digest] = claims
            return claims
        } catch {
            throw .noToken(audience: audience, "The token is not one of ours.")
        }
    }
}

/// RFC 9068, as far as we use it. Seconds since 1970.
private struct AccessClaims: JWTPayload {
    let iss: String
    let aud: String
    let sub: String
    let scope: String
    let iat: Int64
    let exp: Int64

    /// Nothing: ``TokenAuthority`` checks on the product's clock, also what it has in its cache.
    func verify(using algorithm: some JWTAlgorithm) {}
}
