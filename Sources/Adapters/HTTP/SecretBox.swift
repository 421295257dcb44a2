import Crypto
import Domain
import FoundationEssentials

/// Seals and opens the secrets that we show to others: AES-GCM, under a key from outside the store (decision 14). A copy
/// of the store alone opens nothing.
package struct SecretBox: Sendable {
    /// AES-256.
    package static let keyBytes = 32

    private let key: SymmetricKey

    /// `nil` for a key of another length.
    package init?(key: [UInt8]) {
        guard key.count == Self.keyBytes else { return nil }
        self.key = SymmetricKey(data: key)
    }

    package func seal(_ secret: String) throws -> SealedSecret {
        let box = try AES.GCM.seal(Data(secret.utf8), using: key)
        return SealedSecret(sealed: (Data(box.nonce) + box.ciphertext + box.tag).base64EncodedString())
    }

    /// `nil` if it was sealed under another key, or changed since.
    package func open(_ secret: SealedSecret) -> String? {
        guard let bytes = Data(base64Encoded: secret.sealed), let box = try? AES.GCM.SealedBox(combined: bytes),
            let opened = try? AES.GCM.open(box, using: key)
        else { return nil }
        return String(validating: opened, as: UTF8.self)
    }
}
