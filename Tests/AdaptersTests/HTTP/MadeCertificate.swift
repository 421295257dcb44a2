import Crypto
import Engine
import FoundationEssentials
import SwiftASN1
import X509

@testable import Adapters

/// Certificates of an authority of these tests, with what is right and wrong with them.
struct MadeCertificate {
    enum Key: Sendable { case p256, p384, p521, ed25519 }

    let pem: String

    /// The authority itself, PEM.
    let authority: String

    init(
        key: Key = .p256,
        usages: [ExtendedKeyUsage.Usage]? = [.clientAuth],
        days: ClosedRange<Double> = -1...365,
        name: String = "harbour"
    ) throws {
        let now = TimeSource.real.now()
        let root = P256.Signing.PrivateKey()
        let issuer = try DistinguishedName { CommonName("Authority of a test") }
        let subject = try DistinguishedName { CommonName(name) }
        let rootCertificate = try X509.Certificate(
            version: .v3,
            serialNumber: X509.Certificate.SerialNumber(),
            publicKey: .init(root.publicKey),
            notValidBefore: now - 10 * 365 * 86_400,
            notValidAfter: now + 10 * 365 * 86_400,
            issuer: issuer,
            subject: issuer,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: X509.Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true))
            },
            issuerPrivateKey: .init(root)
        )
        let leaf = try X509.Certificate(
            version: .v3,
            serialNumber: X509.Certificate.SerialNumber(),
            publicKey: Self.publicKey(key),
            notValidBefore: now + days.lowerBound * 86_400,
            notValidAfter: now + days.upperBound * 86_400,
            issuer: issuer,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: X509.Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                if let usages { try ExtendedKeyUsage(usages) }
            },
            issuerPrivateKey: .init(root)
        )
        pem = try leaf.serializeAsPEM().pemString
        authority = try rootCertificate.serializeAsPEM().pemString
    }

    private static func publicKey(_ key: Key) -> X509.Certificate.PublicKey {
        switch key {
        case .p256: .init(P256.Signing.PrivateKey().publicKey)
        case .p384: .init(P384.Signing.PrivateKey().publicKey)
        case .p521: .init(P521.Signing.PrivateKey().publicKey)
        case .ed25519: .init(Curve25519.Signing.PrivateKey().publicKey)
        }
    }
}
