import Crypto
import FoundationEssentials
import Formats
import SwiftASN1
import X509

/// What is known of a party's certificate: how it is recognised, and until when it is good.
package struct KnownCertificate: Equatable, Sendable {
    /// SHA-256 of the DER, lower-case hex.
    package let fingerprint: String
    package let expires: Date
    private let certificate: X509.Certificate

    /// - Throws: for what is no certificate in PEM.
    package init(pem: String) throws {
        let document = try PEMDocument(pemString: pem)
        certificate = try X509.Certificate(derEncoded: document.derBytes)
        fingerprint = Hex.encode(SHA256.hash(data: document.derBytes))
        expires = certificate.notValidAfter
    }
}

extension KnownCertificate {
    /// Why no listener of ours ever takes it from a client; `nil`: one may.
    package var unusable: String? {
        if let usage = try? certificate.extensions.extendedKeyUsage, !usage.contains(.clientAuth), !usage.contains(.any)
        {
            return "is not for clients: its extended key usage lacks clientAuth"
        }
        // What TLS offers to be signed with: P-256, P-384 and RSA.
        if Curve25519.Signing.PublicKey(certificate.publicKey) != nil {
            return "has an Ed25519 key, which TLS here does not take: use P-256, P-384 or RSA"
        }
        if P521.Signing.PublicKey(certificate.publicKey) != nil {
            return "has a P-521 key, which TLS here does not take: use P-256, P-384 or RSA"
        }
        return nil
    }

    /// What keeps it from being taken at a moment.
    ///
    /// - Parameter authorities: those that the listener takes certificates of; `nil`: not looked at.
    func doubts(at now: Date, _ authorities: ClientChain?) async -> [String] {
        var doubts: [String] = []
        if now > certificate.notValidAfter { doubts.append("has expired on \(Self.day(certificate.notValidAfter))") }
        if now < certificate.notValidBefore {
            doubts.append("is not valid before \(Self.day(certificate.notValidBefore))")
        }
        if let authorities, await !authorities.signed(certificate) {
            doubts.append(
                "is of \(certificate.issuer), which is no authority that the listener takes certificates of; "
                    + "it is taken only if the client shows a chain that leads to one"
            )
        }
        return doubts
    }

    private static func day(_ date: Date) -> Substring { Timestamp.format(date).prefix(10) }
}
