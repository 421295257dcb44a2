import Engine
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

    func verify(
        _ presented: [NIOSSLCertificate],
        at realTime: TimeSource,
        logger: Logger,
        throttle: LogThrottle
    ) async -> NIOSSLVerificationResult {
        guard let refusal = await refusal(of: presented, at: realTime.now()) else { return .certificateVerified }
        Counter(label: "tls_handshakes_refused_total", dimensions: [("reason", refusal.rawValue)]).increment()
        logger.info("client certificate refused", by: throttle, metadata: ["pb-reason": "\(refusal.rawValue)"])
        return .failed
    }

    private enum Refusal: String { case absent, unreadable, untrusted }

    private func refusal(of presented: [NIOSSLCertificate], at now: Date) async -> Refusal? {
        guard let chain = try? presented.map({ try X509.Certificate(derEncoded: $0.toDERBytes()) }) else {
            return .unreadable
        }
        guard let leaf = chain.first else { return .absent }
        var verifier = Verifier(rootCertificates: roots) {
            RFC5280Policy(fixedExpiryValidationTime: min(now, leaf.notValidAfter))
            ForClients()
        }
        let result = await verifier.validate(leaf: leaf, intermediates: CertificateStore(chain.dropFirst()))
        guard case .validCertificate = result else { return .untrusted }
        return nil
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
