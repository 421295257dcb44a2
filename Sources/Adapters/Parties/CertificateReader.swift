import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// What is known of a party's certificate: how it is recognised, and until when it is good.
package struct KnownCertificate: Equatable, Sendable {
    /// SHA-256 of the DER, lower-case hex.
    package let fingerprint: String
    package let expires: Date

    /// - Throws: for what is no certificate in PEM.
    package init(pem: String) throws {
        let document = try PEMDocument(pemString: pem)
        let certificate = try X509.Certificate(derEncoded: document.derBytes)
        fingerprint = Hex.encode(SHA256.hash(data: document.derBytes))
        expires = certificate.notValidAfter
    }
}
