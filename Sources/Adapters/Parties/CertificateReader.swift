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

/// What is said of a certificate, whoever's it is and wherever it was named.
extension X509.Certificate {
    /// Whether it may be used so: one that says nothing of its use may be used for everything.
    func isFor(_ usage: ExtendedKeyUsage.Usage) -> Bool {
        guard let usages = try? extensions.extendedKeyUsage else { return true }
        return usages.contains(usage) || usages.contains(.any)
    }

    /// Why TLS here cannot use its key; `nil`: it can. What TLS offers to be signed with: P-256, P-384 and RSA.
    var unusableKey: String? {
        if Curve25519.Signing.PublicKey(publicKey) != nil {
            return "has an Ed25519 key, which TLS here does not take: use P-256, P-384 or RSA"
        }
        if P521.Signing.PublicKey(publicKey) != nil {
            return "has a P-521 key, which TLS here does not take: use P-256, P-384 or RSA"
        }
        return nil
    }

    /// Why it is not in date; `nil`: it is.
    func dateDoubt(at now: Date) -> String? {
        if now > notValidAfter { return "has expired on \(Self.day(notValidAfter))" }
        return now < notValidBefore ? "is not valid before \(Self.day(notValidBefore))" : nil
    }

    func endsSoon(at now: Date) -> String? {
        let age = CertificateAge(self, at: now)
        guard age.isInDate, age.isShort else { return nil }
        return "ends on \(Self.day(notValidAfter)), in \(age.daysLeft) days"
    }

    private static func day(_ date: Date) -> Substring { Timestamp.format(date).prefix(10) }
}
