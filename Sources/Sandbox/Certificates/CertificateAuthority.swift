import Adapters
import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// The sandbox's own authority: it makes the certificates of the listener and of every counterpart, once, and finds
/// them again at the next start (decision 25: same directory, same world).
///
/// Valid from the day before the first start for thirty years, for nobody renews a sandbox.
package struct CertificateAuthority: Sendable {
    /// The authority's own certificate, as PEM: what clients trust.
    package let path: String
    private let directory: String
    private let certificate: X509.Certificate
    private let key: P256.Signing.PrivateKey
    private let now: Date

    private static let name = "ca"
    private static let validBefore: TimeInterval = 24 * 60 * 60
    private static let validFor: TimeInterval = 30 * 365.25 * 24 * 60 * 60

    /// Opens the authority in a directory, or makes it there.
    ///
    /// - Parameter now: the real time, for certificates live in it.
    package init(in directory: String, now: Date) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.directory = directory
        self.now = now
        let kept = KeptCertificate(directory: directory, name: Self.name)
        path = kept.certificatePath
        if let known = try kept.read() {
            (certificate, key) = known
            return
        }
        let key = P256.Signing.PrivateKey()
        let subject = try Self.subject("Patchbay sandbox authority")
        certificate = try X509.Certificate(
            version: .v3,
            serialNumber: X509.Certificate.SerialNumber(),
            publicKey: .init(key.publicKey),
            notValidBefore: now - Self.validBefore,
            notValidAfter: now + Self.validFor,
            issuer: subject,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: X509.Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: X509.Certificate.PublicKey(key.publicKey))
            },
            issuerPrivateKey: .init(key)
        )
        try kept.write(certificate, key)
        self.key = key
    }

    /// The listener's certificate: good for this machine by name and by both loopback addresses.
    package func server(_ name: String = "server") throws -> IssuedCertificate {
        try known(name) ?? issue(name, as: .server)
    }

    /// A party's certificate, by the name of its files.
    package func client(_ name: String) throws -> IssuedCertificate {
        try known(name) ?? issue(name, as: .client)
    }

    package enum Use: Sendable { case server, client }

    /// Makes a certificate anew, whatever there was: for a rotation, and for tests, which also need expired ones.
    package func issue(_ name: String, as use: Use, notValidAfter: Date? = nil) throws -> IssuedCertificate {
        let leafKey = P256.Signing.PrivateKey()
        let leaf = try X509.Certificate(
            version: .v3,
            serialNumber: X509.Certificate.SerialNumber(),
            publicKey: .init(leafKey.publicKey),
            notValidBefore: min(now, notValidAfter ?? now) - Self.validBefore,
            notValidAfter: notValidAfter ?? now + Self.validFor,
            issuer: certificate.subject,
            subject: try Self.subject(name),
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try extensions(for: use, key: leafKey, name: name),
            issuerPrivateKey: .init(key)
        )
        try KeptCertificate(directory: directory, name: name).write(leaf, leafKey)
        return try issued(name, leaf)
    }

    private func extensions(
        for use: Use,
        key: P256.Signing.PrivateKey,
        name: String
    ) throws -> X509.Certificate.Extensions {
        let alternatives: [GeneralName] =
            switch use {
            case .server:
                [
                    .dnsName("localhost"),
                    .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                    .ipAddress(ASN1OctetString(contentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
                ]
            case .client: [.dnsName("\(name).sandbox.invalid")]
            }
        return try X509.Certificate.Extensions {
            Critical(BasicConstraints.notCertificateAuthority)
            Critical(KeyUsage(digitalSignature: true))
            try ExtendedKeyUsage(use == .server ? [.serverAuth, .clientAuth] : [.clientAuth])
            SubjectAlternativeNames(alternatives)
            SubjectKeyIdentifier(hash: X509.Certificate.PublicKey(key.publicKey))
        }
    }

    private func known(_ name: String) throws -> IssuedCertificate? {
        try KeptCertificate(directory: directory, name: name).read().map { try issued(name, $0.0) }
    }

    private func issued(_ name: String, _ certificate: X509.Certificate) throws -> IssuedCertificate {
        let kept = KeptCertificate(directory: directory, name: name)
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return IssuedCertificate(
            files: TLSFiles(certificate: kept.certificatePath, key: kept.keyPath, authorities: path),
            fingerprint: Hex.sha256(serializer.serializedBytes),
            expires: certificate.notValidAfter
        )
    }

    private static func subject(_ name: String) throws -> DistinguishedName {
        try DistinguishedName {
            OrganizationName("Patchbay sandbox")
            CommonName(name)
        }
    }
}

/// A certificate with its key, where they are and how a party is registered by it.
package struct IssuedCertificate: Sendable {
    package let files: TLSFiles
    /// SHA-256 of the DER, lower-case hex.
    package let fingerprint: String
    package let expires: Date
}
