import Crypto
import Domain
import Engine
import Formats
import FoundationEssentials
import JWTKit

/// What a token says, once its signature, issuer, audience and time were checked. Only ``TokenAuthority`` makes one.
package struct VerifiedToken: Sendable {
    package let clientID: String
    package let audience: Audience
    /// `nil`: all that the client has.
    package let scopes: Set<String>?
    package let issuedAt: Date
    /// SHA-256 of the certificate with which alone it is good, lower-case hex (RFC 8705); `nil`: good without.
    package let certificate: String?

    fileprivate init(_ claims: TokenClaims, audience: Audience) {
        clientID = claims.clientID
        self.audience = audience
        scopes = claims.scopes
        issuedAt = Date(timeIntervalSince1970: claims.issued)
        certificate = claims.certificate
    }
}

/// Gives access tokens out and checks them (G-005, decision 29): ES256, an hour on the product's clock. Checks those of
/// outside issuers too, where the house's configuration names any.
package struct TokenAuthority: Sendable {
    package static let lifetimeSeconds = 3600
    /// Ours are under 500 bytes, others' a few thousand; a longer one is not worth hashing.
    private static let tokenBytesMax = 8192
    /// How far an outside issuer's clock may be from ours.
    private static let leewaySeconds = 30.0

    private let issuer: String
    private let time: TimeSource
    package let keys: KeyRing
    private let outside: [ExactText: OutsideIssuer]
    /// Checking a signature costs 90 µs, finding it checked before costs one.
    private let checked = RecentlyUsed<SHA256.Digest, TokenClaims>(capacity: 10_000)

    /// - Parameter issuer: the public base URL.
    package init(issuer: String, keys: KeyRing, outside: [OutsideIssuer] = [], time: TimeSource) {
        self.issuer = issuer
        self.keys = keys
        self.outside = Dictionary(outside.map { (ExactText($0.issuer), $0) }) { first, _ in first }
        self.time = time
    }

    package init(issuer: String, key: SigningKey, time: TimeSource) async {
        self.init(issuer: issuer, keys: await KeyRing(key), time: time)
    }

    /// - Parameters:
    ///   - notBefore: tokens of before are revoked; this one is not.
    ///   - certificate: with which alone it shall be good, as its fingerprint.
    package func issue(
        to clientID: String,
        audience: Audience,
        scopes: [String],
        notBefore: Date? = nil,
        certificate: String? = nil
    ) async throws -> String {
        let now = Int64(max(time.now(), notBefore ?? .distantPast).timeIntervalSince1970)
        let claims = AccessClaims(
            iss: issuer,
            aud: audience.rawValue,
            sub: clientID,
            scope: scopes.joined(separator: " "),
            iat: now,
            exp: now + Int64(Self.lifetimeSeconds),
            cnf: certificate.flatMap(Hex.decode).map { AccessClaims.Confirmation(thumbprint: Base64URL.encode($0)) }
        )
        return try await keys.signer.sign(claims, kid: .init(string: keys.signing.identifier))
    }

    /// Checks a token for one interface, or says in words why it is not good there.
    package func verify(_ token: String, audience: Audience) async throws(APIError) -> VerifiedToken {
        guard token.utf8.count <= Self.tokenBytesMax else {
            throw .noToken(audience: audience, "The token is too long.")
        }
        return try verified(try await claims(of: token, audience: audience), audience: audience)
    }

    /// A token that was checked before and is good still; `nil` if that cannot be said without waiting.
    func known(_ token: String, audience: Audience) -> VerifiedToken? {
        guard token.utf8.count <= Self.tokenBytesMax, let claims = checked[Self.digest(of: token)],
            claims.issuer.isExactly(issuer), let key = claims.keyIdentifier, keys.key(key) != nil
        else { return nil }
        return try? verified(claims, audience: audience)
    }

    private func verified(_ claims: TokenClaims, audience: Audience) throws(APIError) -> VerifiedToken {
        guard claims.audience == audience else {
            throw .noToken(audience: audience, "The token is for another interface.")
        }
        let now = time.now().timeIntervalSince1970
        guard now < claims.expires else { throw .noToken(audience: audience, "The token has expired.") }
        guard claims.begins <= now + Self.leewaySeconds else {
            throw .noToken(audience: audience, "The token is not good yet.")
        }
        return VerifiedToken(claims, audience: audience)
    }

    /// What was checked before needs only its key to be good still.
    private func claims(of token: String, audience: Audience) async throws(APIError) -> TokenClaims {
        let digest = Self.digest(of: token)
        if let known = checked[digest], await key(known.keyIdentifier, of: known.issuer) != nil { return known }
        let stranger = APIError.noToken(audience: audience, "The token is not one of ours.")
        guard let unverified = UnverifiedToken(token), let issuer = unverified.claims["iss"]?.string,
            let key = await key(unverified.keyIdentifier, of: issuer),
            unverified.algorithm == key.algorithm.rawValue, await key.signed(token),
            let claims = read(unverified.claims, from: issuer, keyIdentifier: unverified.keyIdentifier)
        else { throw stranger }
        checked[digest] = claims
        return claims
    }

    private static func digest(of token: String) -> SHA256.Digest { SHA256.hash(data: Array(token.utf8)) }

    /// Our own tokens name their key; one of an outside issuer may name none.
    private func key(_ identifier: String?, of issuer: String) async -> VerifyingKey? {
        guard issuer.isExactly(self.issuer) else {
            return await outside[ExactText(issuer)]?.keys.key(identifier)
        }
        return identifier.flatMap { keys.key($0) }
    }

    private func read(_ claims: JSONValue, from issuer: String, keyIdentifier: String?) -> TokenClaims? {
        guard let outside = issuer.isExactly(self.issuer) ? nil : outside[ExactText(issuer)] else {
            let audience = claims["aud"]?.string.flatMap(Audience.init)
            return TokenClaims(claims, issuer, keyIdentifier, audience, clientID: claims["sub"]?.string)
        }
        let isMeant = claims["aud"].map { $0.words.containsExactly(outside.audience) } ?? false
        var read = TokenClaims(
            claims,
            issuer,
            keyIdentifier,
            isMeant ? outside.interface : nil,
            clientID: claims[outside.clientClaim]?.string.flatMap { outside.client(named: $0) }
        )
        // One that was issued in the future would outlive every revocation until then.
        if let issued = read?.issued, let begins = read?.begins { read?.begins = max(begins, issued) }
        read?.scopes = outside.scopeClaim.map { Set(claims[$0]?.words ?? []) }
        return read
    }
}

/// What is looked at of a token, ours or another's.
private struct TokenClaims {
    let issuer: String
    /// `nil`: an outside issuer's, which names none.
    let keyIdentifier: String?
    /// `nil`: none of our interfaces.
    let audience: Audience?
    let clientID: String
    var scopes: Set<String>?
    /// Seconds since 1970.
    let issued: Double
    var begins: Double
    let expires: Double
    let certificate: String?

    /// `nil` without what every token must have, and with a binding that we don't understand.
    init?(_ claims: JSONValue, _ issuer: String, _ key: String?, _ audience: Audience?, clientID: String?) {
        guard let clientID, let issued = claims["iat"]?.double, let expires = claims["exp"]?.double else { return nil }
        self.issuer = issuer
        keyIdentifier = key
        self.audience = audience
        self.clientID = clientID
        scopes = Set(claims["scope"]?.words ?? [])
        self.issued = issued
        begins = claims["nbf"]?.double ?? 0
        self.expires = expires
        if let binding = claims["cnf"] {
            guard let thumbprint = binding["x5t#S256"]?.string.flatMap({ Base64URL.decode($0) }) else { return nil }
            certificate = Hex.encode(thumbprint)
        } else {
            certificate = nil
        }
    }
}

extension JSONValue {
    /// The words of a string, or the strings of an array.
    fileprivate var words: [String] {
        if let text = string { return text.split(separator: " ").map(String.init) }
        return elements.compactMap(\.string)
    }
}

/// What we write: RFC 9068, as far as we use it, and RFC 8705 §3.1. Seconds since 1970.
private struct AccessClaims: JWTPayload {
    struct Confirmation: Codable {
        let thumbprint: String

        enum CodingKeys: String, CodingKey { case thumbprint = "x5t#S256" }
    }

    let iss: String
    let aud: String
    let sub: String
    let scope: String
    let iat: Int64
    let exp: Int64
    let cnf: Confirmation?

    /// Nothing: ``TokenAuthority`` checks on the product's clock, also what it has in its cache.
    func verify(using algorithm: some JWTAlgorithm) {}
}
