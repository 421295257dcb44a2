/// A secret of ours towards somebody, sealed under a key that isn't in the store (decision 14).
package struct SealedSecret: Codable, Equatable, Sendable {
    /// Base64 of what only the key opens.
    package let sealed: String

    package init(sealed: String) { self.sealed = sealed }

    package init(from decoder: any Decoder) throws {
        sealed = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(sealed)
    }
}

/// How we show a tenant who we are when we call its Updates API (G-080).
package enum UpdatesAccess: Codable, Equatable, Sendable {
    /// A token for our secret there, asked for at its endpoint (RFC 6749 §4.4).
    ///
    /// `authentication` is `nil` where that was not said: by Basic.
    case oauth2(
        tokenURL: String,
        clientID: String,
        secret: SealedSecret,
        scope: String?,
        authentication: ClientAuthentication? = nil
    )
    /// The gateway's own certificate.
    case mutualTLS
    case basic(user: String, password: SealedSecret)
}

extension TenantTerms {
    /// The current webhook secret and, while it is rotated, the one before.
    package static let webhookSecretsMax = 2

    /// A new secret beside the newest of before; both sign until ``keepNewestWebhookSecret()``.
    package mutating func addWebhookSecret(_ secret: SealedSecret) {
        webhookSecrets = [secret] + (webhookSecrets ?? []).prefix(Self.webhookSecretsMax - 1)
    }

    /// Ends a rotation: only the newest secret signs.
    package mutating func keepNewestWebhookSecret() { webhookSecrets = webhookSecrets.map { Array($0.prefix(1)) } }
}
