import Crypto
import Formats
import FoundationEssentials
import SwiftASN1
import X509

/// What is said of a certificate, a party's or our own.
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
