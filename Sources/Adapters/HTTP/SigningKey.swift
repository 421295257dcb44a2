import Crypto
import Domain
import Formats
import FoundationEssentials
import HTTPTypes
import JWTKit

/// A key that signs our access tokens: ES256, given as PEM (decision 29).
package struct SigningKey: Sendable {
    package let identifier: String
    let key: ES256PrivateKey
    /// Its public half: the coordinates of a point, base64url.
    let point: (x: String, y: String)

    package init(pem: String) throws {
        let key = try ES256PrivateKey(pem: pem)
        point = key.parameters.map { (x: Self.urlSafe($0.x), y: Self.urlSafe($0.y)) } ?? (x: "", y: "")
        identifier = String(Hex.sha256(Array("\(point.x).\(point.y)".utf8)).prefix(16))
        self.key = key
    }

    /// A new one, as PEM to be kept.
    package static func makePEM() -> String { P256.Signing.PrivateKey().pemRepresentation }

    private static func urlSafe(_ base64: String) -> String {
        String(base64.compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
    }
}

/// Our keys: the first signs, all are good and published.
///
/// To rotate, put the new key behind the old one, so that those who check tokens themselves learn it; an hour later put
/// it first; and once the last token of the old one has expired, an hour on, take that away. No token fails on the way.
package struct KeyRing: Sendable {
    /// How long others may keep what is published.
    private static let publishedFor = 3600

    let signing: SigningKey
    private let all: [SigningKey]
    private let verifying: [ExactText: VerifyingKey]
    let signer: JWTKeyCollection

    package init(_ signing: SigningKey, others: [SigningKey] = []) async {
        self.signing = signing
        all = [signing] + others.filter { $0.identifier != signing.identifier }
        signer = await JWTKeyCollection().add(ecdsa: signing.key, kid: .init(string: signing.identifier))
        var verifying: [ExactText: VerifyingKey] = [:]
        for key in all { verifying[ExactText(key.identifier)] = await VerifyingKey(key.key.publicKey) }
        self.verifying = verifying
    }

    func key(_ identifier: String) -> VerifyingKey? { verifying[ExactText(identifier)] }

    /// The public halves as a JWK set (RFC 7517), for whoever wants to check tokens himself.
    package var jwks: ByteResponse {
        let bytes = JSONWriter.bytes { json in
            json.object { json in
                json.array("keys") { json in
                    for key in all {
                        json.object {
                            $0.field("kty", "EC")
                            $0.field("crv", "P-256")
                            $0.field("use", "sig")
                            $0.field("alg", VerifyingKey.Algorithm.es256.rawValue)
                            $0.field("kid", key.identifier)
                            $0.field("x", key.point.x)
                            $0.field("y", key.point.y)
                        }
                    }
                }
            }
        }
        return ByteResponse(bytes: bytes, headers: [.cacheControl: "public, max-age=\(Self.publishedFor)"])
    }
}
