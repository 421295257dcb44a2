import Crypto
import FoundationEssentials

/// A client's secret as we keep it: a salt and SHA-256 over both (G-006).
///
/// One round is enough, and right, because we draw the secrets ourselves with 256 bits of entropy: nothing can be
/// guessed, so there is nothing to slow down. A slow hash would only hand out a way to exhaust our processors.
package enum SecretHash {
    private static let scheme = "sha256"
    private static let saltBytes = 16

    /// Hashes a secret under a salt that the caller drew at random.
    package static func make(_ secret: String, salt: [UInt8]) -> String {
        "\(scheme)$\(Hex.encode(salt))$\(Hex.encode(digest(of: secret, salt: salt)))"
    }

    /// Hashes a secret under a fresh salt.
    package static func make(_ secret: String) -> String {
        make(secret, salt: SymmetricKey(size: .init(bitCount: saltBytes * 8)).withUnsafeBytes(Array.init))
    }

    /// Whether it is the secret that was hashed, in a time that does not depend on how much of it is right.
    package static func verify(_ secret: String, against stored: String) -> Bool {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == scheme, let salt = Hex.decode(parts[1]), let expected = Hex.decode(parts[2])
        else { return false }
        let actual = digest(of: secret, salt: salt)
        guard expected.count == actual.count else { return false }
        return zip(expected, actual).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func digest(of secret: String, salt: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: Array(secret.utf8))
        return Array(hash.finalize())
    }
}

/// Lower-case hexadecimal.
package enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.underestimatedCount * 2)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let values = text.utf8.compactMap { digits.firstIndex(of: $0) }
        guard values.count == text.utf8.count, values.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }

    /// SHA-256 of some bytes, as fingerprints and body hashes are written.
    package static func sha256(_ bytes: [UInt8]) -> String { encode(SHA256.hash(data: bytes)) }
}
