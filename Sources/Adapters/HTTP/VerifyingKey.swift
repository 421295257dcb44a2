import Domain
import Formats
import JWTKit

/// A public key, and the one algorithm that is taken with it: what a token's header says must be this, so that nothing
/// is checked by a rule of the sender's choosing (RFC 8725 §3.1).
struct VerifyingKey: Sendable {
    enum Algorithm: String, CaseIterable, Sendable {
        case es256 = "ES256"
        case rs256 = "RS256"
    }

    let algorithm: Algorithm
    private let collection: JWTKeyCollection

    init(_ key: ES256PublicKey) async {
        algorithm = .es256
        collection = await JWTKeyCollection().add(ecdsa: key)
    }

    init(_ key: Insecure.RSA.PublicKey) async {
        algorithm = .rs256
        collection = await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256)
    }

    /// Whether the key signed the token. What the token says is read by ``UnverifiedToken``, from the same bytes.
    func signed(_ token: String) async -> Bool {
        (try? await collection.verify(token, as: Anything.self)) != nil
    }

    /// Whatever is in it: only the signature is asked for here.
    private struct Anything: JWTPayload {
        func verify(using algorithm: some JWTAlgorithm) {}
    }
}

/// A set of others' keys as they publish it (RFC 7517 §5): those for signatures that we can check.
struct JWKSet: Sendable {
    /// By identifier.
    let named: [ExactText: VerifyingKey]
    /// The only one that there is, with or without an identifier; `nil` if there are several.
    let only: VerifyingKey?

    /// Of a token that names no key, the only one.
    subscript(identifier: String?) -> VerifyingKey? { identifier.map { named[ExactText($0)] } ?? only }

    init(named: [ExactText: VerifyingKey] = [:], only: VerifyingKey? = nil) {
        self.named = named
        self.only = only
    }

    init(json: [UInt8]) async throws(MalformedJSON) {
        var keys: [ExactText: VerifyingKey] = [:]
        var all: [VerifyingKey] = []
        for entry in try PublishedKeys(json: json).forSignatures {
            guard let key = await Self.key(entry.material),
                (entry.algorithm ?? key.algorithm.rawValue) == key.algorithm.rawValue
            else { continue }
            all.append(key)
            // One without an identifier can't be told from the next one, and is good only if there is no other.
            if let identifier = entry.identifier { keys[ExactText(identifier)] = key }
        }
        self.init(named: keys, only: all.count == 1 ? all[0] : nil)
    }

    private static func key(_ material: PublishedKeys.Material) async -> VerifyingKey? {
        switch material {
        case .p256(let x, let y):
            guard let key = try? ES256PublicKey(parameters: (x: x, y: y)) else { return nil }
            return await VerifyingKey(key)
        case .rsa(let modulus, let exponent):
            guard let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent) else { return nil }
            return await VerifyingKey(key)
        }
    }
}
