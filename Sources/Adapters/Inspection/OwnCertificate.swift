import Crypto
import FoundationEssentials
import Formats
import NIOSSL
import SwiftASN1
import X509

/// Our own files: they can be read, fit together, and are in date.
enum OwnCertificate {
    static func examine(_ files: TLSFiles, at now: Date) -> DoctorStep {
        func failed(_ file: String, _ advice: String) -> DoctorStep {
            DoctorStep(.certificate, .failed, "\(file) cannot be used", advice: advice)
        }
        guard let leaf = try? NIOSSLCertificate.fromPEMFile(files.certificate).first, let der = try? leaf.toDERBytes(),
            let certificate = try? X509.Certificate(derEncoded: der)
        else { return failed(files.certificate, "Give --certificate a PEM file with the certificate first.") }
        guard (try? files.privateKey()) != nil else {
            return failed(files.key, "Give --key a PEM file with the private key, not encrypted.")
        }
        guard let authorities = try? NIOSSLCertificate.fromPEMFile(files.authorities), !authorities.isEmpty else {
            return failed(files.authorities, "Give --authority a PEM file with the peer's authorities.")
        }
        guard fits(files) else {
            return DoctorStep(
                .certificate,
                .failed,
                "the key is another's",
                advice: "Give the key of this certificate."
            )
        }
        let age = CertificateAge(certificate, at: now)
        let seen = "\(certificate.subject), \(age), SHA-256 \(Hex.encode(SHA256.hash(data: der)))"
        guard age.isInDate else {
            return DoctorStep(.certificate, .failed, seen, advice: "Renew our certificate and have it registered.")
        }
        return DoctorStep(
            .certificate,
            .passed,
            seen,
            advice: age.isShort ? "Renew our certificate soon, and have it registered beside the old one." : nil
        )
    }

    /// BoringSSL looks whether certificate and key are a pair when a context is made of them.
    private static func fits(_ files: TLSFiles) -> Bool {
        var tls = TLSConfiguration.makeClientConfiguration()
        guard let chain = try? files.chain(), let key = try? files.privateKey() else { return false }
        tls.certificateChain = chain
        tls.privateKey = key
        return (try? NIOSSLContext(configuration: tls)) != nil
    }
}

/// How long a certificate is good for.
struct CertificateAge: CustomStringConvertible {
    let isInDate: Bool
    /// Whole days; negative once it has expired.
    let daysLeft: Int
    private let until: Date

    /// Certificates are renewed by people, who need days: what has fewer left is said also where all is well (N-13).
    private static let daysEnough = 30

    init(_ certificate: X509.Certificate, at now: Date) {
        until = certificate.notValidAfter
        isInDate = certificate.notValidBefore <= now && now <= until
        daysLeft = Int((until.timeIntervalSince(now) / 86_400).rounded(.down))
    }

    var isShort: Bool { daysLeft < Self.daysEnough }

    var description: String {
        let day = Timestamp.format(until).prefix(10)
        if daysLeft < 0 { return "expired on \(day)" }
        return isInDate ? "\(daysLeft) days left, until \(day)" : "not valid yet"
    }
}
