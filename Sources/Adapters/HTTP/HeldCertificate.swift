import FoundationEssentials
import Formats
import NIOSSL
import SwiftASN1
import X509

/// A certificate in use: whose it is, and until when it is good.
package struct HeldCertificate: Equatable, Sendable {
    /// As the log and the gauge name its holder: `buyer/harbour`, or of our own `listener/mutual-tls` and `client`.
    package let name: String
    /// SHA-256 of the DER, lower-case hex.
    package let fingerprint: String
    package let expires: Date

    init(name: String, fingerprint: String, expires: Date) {
        self.name = name
        self.fingerprint = fingerprint
        self.expires = expires
    }

    /// The first certificate of a PEM file: the one that we show.
    package init(_ files: TLSFiles, as name: String) throws {
        guard let leaf = try NIOSSLCertificate.fromPEMFile(files.certificate).first else {
            throw NIOSSLError.failedToLoadCertificate
        }
        let der = try leaf.toDERBytes()
        self.init(
            name: name,
            fingerprint: Hex.sha256(der),
            expires: try X509.Certificate(derEncoded: der).notValidAfter
        )
    }

    func named(_ name: String) -> HeldCertificate {
        HeldCertificate(name: name, fingerprint: fingerprint, expires: expires)
    }
}
