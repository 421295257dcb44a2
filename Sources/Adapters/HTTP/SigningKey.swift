import Crypto
import Formats
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
        jwks = JSONWriter.bytes {
            $0.object {
                $0.array("keys") {
                    $0.object {
                        $0.field("kty", "EC")
                        $0.field("crv", "P-256")
                        $0.field("use", "sig")
                        $0.field("alg", "ES256")
                        $0.field("kid", String(thumbprint))
                        $0.field("x", point.x)
                        $0.field("y", point.y)
                    }
                }
            }
        }
    }

    /// A new one, as PEM to be kept.
    package static func makePEM() -> String { P256.Signing.PrivateKey().pemRepresentation }

    private static func urlSafe(_ base64: String) -> String {
        String(base64.compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
    }
}
