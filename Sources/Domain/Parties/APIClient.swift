import FoundationEssentials

/// A program that asks for tokens with a secret of its own (G-005, G-006).
package struct APIClient: Codable, Equatable, Sendable {
    /// The current secret and, while it is rotated, the one before.
    package static let secretsMax = 2

    package let clientID: String
    /// Salted hashes, ``secretsMax`` at most, the newest first.
    package var secretHashes: [String]
    package var scopes: [String]
    /// Source addresses it may come from, as CIDR, IPv4 and IPv6; `nil`: from anywhere.
    package var sources: [String]?
    /// SHA-256 of its certificates in DER, lower-case hex. One that has any gets no token without showing one of them,
    /// and every token of it is bound to the one it showed (RFC 8705); `nil`: it needs none.
    package var certificateFingerprints: [String]?
    /// Tokens that were issued before are no good; `nil`: none was revoked.
    package private(set) var tokensNotBefore: Date?

    package init(
        clientID: String,
        secretHashes: [String],
        scopes: [String],
        sources: [String]? = nil,
        certificateFingerprints: [String]? = nil
    ) {
        self.clientID = clientID
        self.secretHashes = secretHashes
        self.scopes = scopes
        self.sources = sources
        self.certificateFingerprints = certificateFingerprints
    }

    /// A new secret beside the newest of before, which stays good until ``keepNewestSecret()``.
    package mutating func addSecret(hash: String) {
        secretHashes = [hash] + secretHashes.prefix(Self.secretsMax - 1)
    }

    /// Ends a rotation: only the newest secret is good.
    package mutating func keepNewestSecret() { secretHashes = Array(secretHashes.prefix(1)) }

    /// No token that was issued until now is good any more.
    ///
    /// Tokens say when they were issued in whole seconds, so the second that has begun counts as past. A token that is issued
    /// in the same second afterwards says the next one (``tokensNotBefore``), so a second revocation goes one further.
    package mutating func revokeTokens(at now: Date) {
        let second = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        tokensNotBefore = max(second, tokensNotBefore ?? second) + 1
    }
}
