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
        guard certificate.isFor(.clientAuth) else {
            return "is not for clients: its extended key usage lacks clientAuth"
        }
        return certificate.unusableKey
    }

    /// What keeps it from being taken at a moment.
    ///
    /// - Parameter authorities: those that the listener takes certificates of; `nil`: not looked at.
    func doubts(at now: Date, _ authorities: ClientChain?) async -> [String] {
        var doubts = certificate.dateDoubt(at: now).map { [$0] } ?? []
        if let authorities, await !authorities.signed(certificate) {
            doubts.append(
                "is of \(certificate.issuer), which is no authority that the listener takes certificates of; "
                    + "it is taken only if the client shows a chain that leads to one"
            )
        }
        return doubts
    }

    /// That it runs out soon, and so must be renewed by people who need days for that; `nil`: it does not, or has run out.
    func endsSoon(at now: Date) -> String? { certificate.endsSoon(at: now) }
}
