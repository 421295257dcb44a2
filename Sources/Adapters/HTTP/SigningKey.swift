import Crypto
import FoundationEssentials
import JWTKit

/// The key that signs our access tokens: ES256, given as PEM (decision 29).
package struct SigningKey: Sendable {
    package let identifier: String
    let key: ES256PrivateKey
    /// The public half as a JWK set (RFC 7517), for whoever wants to check tokens himself.
    package let jwks: [UInt8]

    package init(pem: String) throws {
        let key = try ES256PrivateKey(pem: pem)
        let point = key.parameters.map { (x: Self.urlSafe($0.x), y: Self.urlSafe($0.y)) } ?? (x: "", y: "")
        let thumbprint = Hex.sha256(Array("\(point.x).\(point.y)".utf8)).prefix(16)
        identifier = String(thumbprint)
        self.key = key
        var json = JSONText()
        json.object {
            $0.objects("keys", [point]) { json, point in
                json.string("kty", "EC")
                json.string("crv", "P-256")
                json.string("use", "sig")
                json.string("alg", "ES256")
                json.string("kid", String(thumbprint))
                json.string("x", point.x)
                json.string("y", point.y)
            }
        }
        jwks = json.bytes
    }

    /// A new one, as PEM to be kept.
    package static func makePEM() -> String { P256.Signing.PrivateKey().pemRepresentation }

    private static func urlSafe(_ base64: String) -> String {
        String(base64.compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
    }
}
