import FoundationEssentials
import Formats
import NIOSSL
import X509

/// Our own files: they can be read, fit together, are for clients, and are in date; and the key is ours alone.
enum OwnCertificate {
    private static let places = IdentityCheck.Places(
        certificate: "--certificate",
        key: "--key",
        authorities: "--authority"
    )

    static func examine(_ files: TLSFiles, at now: Date) -> DoctorStep {
        let check = IdentityCheck(files, for: .client, at: places)
        let findings = check.findings(at: now) + FileCheck().secret(files.key, with: "a private key", at: places.key)
        let errors = findings.filter { $0.severity == .error }
        guard let leaf = check.leaf, check.unusable.isEmpty else {
            return DoctorStep(.certificate, .failed, errors.seen, advice: errors.advice)
        }
        let age = CertificateAge(leaf, at: now)
        let shown =
            "\(leaf.subject), \(age), SHA-256 \((try? HeldCertificate(files, as: "client").fingerprint) ?? "unknown")"
        guard errors.isEmpty else {
            return DoctorStep(.certificate, .failed, "\(shown): \(errors.seen)", advice: errors.advice)
        }
        let warned = findings.isEmpty ? shown : "\(shown): \(findings.seen)"
        return DoctorStep(.certificate, .passed, warned, advice: findings.isEmpty ? nil : findings.advice)
    }
}

extension [Finding] {
    fileprivate var seen: String { map(\.seen).joined(separator: "; ") }
    fileprivate var advice: String {
        compactMap { finding in finding.advice.map { "\(finding.place): \($0)" } }.joined(separator: " ")
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
