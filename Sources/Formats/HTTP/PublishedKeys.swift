/// A set of another party's keys as it publishes it (RFC 7517 §5): what is written of each that is for signatures and of a kind
/// that we can check. Whether it is a key at all, only its use tells.
package struct PublishedKeys: Equatable, Sendable {
    package struct Key: Equatable, Sendable {
        package let identifier: String?
        package let algorithm: String?
        package let material: Material
    }

    /// The numbers of a public key, in Base64 for URLs.
    package enum Material: Equatable, Sendable {
        case p256(x: String, y: String)
        case rsa(modulus: String, exponent: String)
    }

    /// No issuer rotates through so many.
    package static let keysMax = 50
    /// A modulus of 8,192 bits has 1,366 characters; checking a signature with a longer one takes long.
    package static let numberCharactersMax = 1_400

    package let forSignatures: [Key]

    package init(json: [UInt8]) throws(MalformedJSON) {
        let root = try JSONDocument(parsingAnswer: json).root
        forSignatures = root["keys"].map { $0.elements.prefix(Self.keysMax).compactMap(Key.init) } ?? []
    }
}

extension PublishedKeys.Key {
    fileprivate init?(_ entry: JSONValue) {
        func number(_ name: String) -> String? {
            guard let text = entry[name]?.string, (1...PublishedKeys.numberCharactersMax).contains(text.utf8.count)
            else {
                return nil
            }
            return text
        }
        guard (entry["use"]?.string ?? "sig") == "sig" else { return nil }
        switch entry["kty"]?.string {
        case "EC" where entry["crv"]?.string == "P-256":
            guard let x = number("x"), let y = number("y") else { return nil }
            material = .p256(x: x, y: y)
        case "RSA":
            guard let modulus = number("n"), let exponent = number("e") else { return nil }
            material = .rsa(modulus: modulus, exponent: exponent)
        case _: return nil
        }
        identifier = entry["kid"]?.string
        algorithm = entry["alg"]?.string
    }
}
