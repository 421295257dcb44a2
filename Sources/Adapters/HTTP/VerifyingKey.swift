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

/// A set of others' keys as they publish it (RFC 7517 §5), by identifier: those for signatures that we can check.
///
/// A key without an identifier can't be told from the next one, and is passed over.
enum JWKSet {
    /// Nobody rotates through so many.
    private static let keysMax = 50

    static func keys(in json: [UInt8]) async throws(MalformedJSON) -> [String: VerifyingKey] {
        var keys: [String: VerifyingKey] = [:]
        let root = try JSONDocument(parsing: json).root
        for entry in root["keys"].map({ Array($0.elements.prefix(keysMax)) }) ?? [] {
            guard let identifier = entry["kid"]?.string, (entry["use"]?.string ?? "sig") == "sig",
                let key = await key(entry), (entry["alg"]?.string ?? key.algorithm.rawValue) == key.algorithm.rawValue
            else { continue }
            keys[identifier] = key
        }
        return keys
    }

    private static func key(_ entry: JSONValue) async -> VerifyingKey? {
        switch entry["kty"]?.string {
        case "EC" where entry["crv"]?.string == "P-256":
            guard let x = entry["x"]?.string, let y = entry["y"]?.string,
                let key = try? ES256PublicKey(parameters: (x: x, y: y))
            else { return nil }
            return await VerifyingKey(key)
        case "RSA":
            guard let n = entry["n"]?.string, let e = entry["e"]?.string,
                let key = try? Insecure.RSA.PublicKey(modulus: n, exponent: e)
            else { return nil }
            return await VerifyingKey(key)
        case _: return nil
        }
    }
}
