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

    /// Its private key, PEM.
    let keyPEM: String

    /// The authority itself, PEM.
    let authority: String

    init(
        key: Key = .p256,
        usages: [ExtendedKeyUsage.Usage]? = [.clientAuth],
        days: ClosedRange<Double> = -1...365,
        name: String = "harbour",
        hosts: [String] = [],
        hasAuthority: Bool = true,
        authorityDays: ClosedRange<Double> = -3_650...3_650
    ) throws {
        let now = TimeSource.real.now()
        let root = P256.Signing.PrivateKey()
        let issuer = try DistinguishedName { CommonName("Authority of a test") }
        let subject = try DistinguishedName { CommonName(name) }
        let rootCertificate = try X509.Certificate(
            version: .v3,
            serialNumber: X509.Certificate.SerialNumber(),
            publicKey: .init(root.publicKey),
            notValidBefore: now + authorityDays.lowerBound * 86_400,
            notValidAfter: now + authorityDays.upperBound * 86_400,
            issuer: issuer,
            subject: issuer,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: X509.Certificate.Extensions {
                Critical(
                    hasAuthority
                        ? BasicConstraints.isCertificateAuthority(maxPathLength: 0) : .notCertificateAuthority
                )
                Critical(KeyUsage(keyCertSign: true))
            },
            issuerPrivateKey: .init(root)
        )
        let (publicKey, keyPEM) = Self.keys(key)
        self.keyPEM = keyPEM
        let leaf = try X509.Certificate(
            version: .v3,
            serialNumber: X509.Certificate.SerialNumber(),
            publicKey: publicKey,
            notValidBefore: now + days.lowerBound * 86_400,
            notValidAfter: now + days.upperBound * 86_400,
            issuer: issuer,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: X509.Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                if let usages { try ExtendedKeyUsage(usages) }
                if !hosts.isEmpty { SubjectAlternativeNames(hosts.map { .dnsName($0) }) }
            },
            issuerPrivateKey: .init(root)
        )
        pem = try leaf.serializeAsPEM().pemString
        authority = try rootCertificate.serializeAsPEM().pemString
    }

    private static func keys(_ key: Key) -> (public: X509.Certificate.PublicKey, pem: String) {
        switch key {
        case .p256:
            let key = P256.Signing.PrivateKey()
            return (.init(key.publicKey), key.pemRepresentation)
        case .p384:
            let key = P384.Signing.PrivateKey()
            return (.init(key.publicKey), key.pemRepresentation)
        case .p521:
            let key = P521.Signing.PrivateKey()
            return (.init(key.publicKey), key.pemRepresentation)
        case .ed25519:
            let key = Curve25519.Signing.PrivateKey()
            let pem = try? X509.Certificate.PrivateKey(key).serializeAsPEM().pemString
            return (.init(key.publicKey), pem ?? "")
        }
    }

    /// All three in a directory, as one end of TLS has them.
    ///
    /// - Parameter key: instead of its own.
    func files(in directory: String, key: String? = nil) throws -> TLSFiles {
        let files = TLSFiles(
            certificate: directory + "/certificate.pem",
            key: directory + "/key.pem",
            authorities: directory + "/authorities.pem"
        )
        for (path, text) in [(files.certificate, pem), (files.key, key ?? keyPEM), (files.authorities, authority)] {
            try Data(text.utf8).write(to: URL(filePath: path))
        }
        return files
    }
}
