import Engine
import Formats
import FoundationEssentials
import Logging
import Metrics
import NIOSSL
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// Checks a client's chain in the handshake: one of the authorities that we trust must have signed it, for clients.
///
/// Its dates are looked at as of the last moment that it was good for, so that one that has merely expired gets
/// through to the request, where it is answered 401 in words (decision 39); BoringSSL would only drop the connection.
/// Everything else is refused here.
struct ClientChain: Sendable {
    private let roots: CertificateStore

    init(authorities: [NIOSSLCertificate]) throws {
        roots = CertificateStore(try authorities.map { try X509.Certificate(derEncoded: $0.toDERBytes()) })
    }

    /// - Parameter file: a PEM file with the authorities.
    init(file: String) throws { try self.init(authorities: NIOSSLCertificate.fromPEMFile(file)) }

    /// Whether one of the authorities signed it itself, whenever it is good.
    func signed(_ leaf: X509.Certificate) async -> Bool {
        var verifier = Verifier(rootCertificates: roots) {
            RFC5280Policy(fixedExpiryValidationTime: leaf.notValidAfter)
            ForClients()
        }
        let result = await verifier.validate(leaf: leaf, intermediates: CertificateStore([]))
        guard case .validCertificate = result else { return false }
        return true
    }

    func verify(
        _ presented: [NIOSSLCertificate],
        at realTime: TimeSource,
        logger: Logger,
        throttle: LogThrottle
    ) async -> NIOSSLVerificationResult {
        guard let refusal = await refusal(of: presented, at: realTime.now()) else { return .certificateVerified }
        Counter(label: "tls_handshakes_refused_total", dimensions: [("reason", refusal.reason.rawValue)]).increment()
        let der = presented.first.flatMap { try? $0.toDERBytes() }
        logger.info(
            "client certificate refused",
            by: throttle,
            metadata: [
                "pb-reason": "\(refusal.reason.rawValue)", "pb-cause": "\(refusal.cause)",
                "pb-fingerprint": "\(der.map { Hex.sha256($0) } ?? "none")",
                "pb-subject": "\(refusal.leaf.map { "\($0.subject)" } ?? "none")",
                "pb-issuer": "\(refusal.leaf.map { "\($0.issuer)" } ?? "none")",
            ]
        )
        return .failed
    }

    private struct Refusal {
        enum Reason: String { case absent, unreadable, untrusted }

        let reason: Reason
        /// In words.
        let cause: String
        var leaf: X509.Certificate?
    }

    private func refusal(of presented: [NIOSSLCertificate], at now: Date) async -> Refusal? {
        guard let chain = try? presented.map({ try X509.Certificate(derEncoded: $0.toDERBytes()) }) else {
            return Refusal(reason: .unreadable, cause: "the certificate cannot be read")
        }
        guard let leaf = chain.first else { return Refusal(reason: .absent, cause: "no certificate was shown") }
        var verifier = Verifier(rootCertificates: roots) {
            RFC5280Policy(fixedExpiryValidationTime: min(now, leaf.notValidAfter))
            ForClients()
        }
        let result = await verifier.validate(leaf: leaf, intermediates: CertificateStore(chain.dropFirst()))
        guard case .couldNotValidate(let failures) = result else { return nil }
        return Refusal(reason: .untrusted, cause: Self.cause(failures, of: leaf, at: now), leaf: leaf)
    }

    private static func cause(
        _ failures: [CertificateValidationResult.PolicyFailure],
        of leaf: X509.Certificate,
        at now: Date
    ) -> String {
        if now < leaf.notValidBefore { return "it is not valid before \(Timestamp.format(leaf.notValidBefore))" }
        if failures.isEmpty { return "its authority is not one that is trusted here" }
        return failures.map { String(describing: $0.policyFailureReason) }.joined(separator: "; ")
    }
}

/// A certificate that says for what it may be used must say: for clients.
private struct ForClients: VerifierPolicy {
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [.X509ExtensionID.extendedKeyUsage]

    mutating func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
        do {
            guard let usage = try chain.leaf.extensions.extendedKeyUsage else { return .meetsPolicy }
            guard usage.contains(.clientAuth) || usage.contains(.any) else {
                return .failsToMeetPolicy(reason: "not for clients")
            }
            return .meetsPolicy
        } catch {
            return .failsToMeetPolicy(reason: "its extended key usage cannot be read")
        }
    }
}
