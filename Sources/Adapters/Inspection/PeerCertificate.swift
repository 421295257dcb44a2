import FoundationEssentials
import NIOCore
import NIOSSL
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// The peer proves to be the host: an authority that we trust signed its certificate, for this name, and it is in date.
enum PeerCertificate {
    /// A handshake is two round trips and a signature; five times what a far continent needs for that.
    static let deadline = TimeAmount.seconds(5)

    static func examine(_ peer: Peer, at now: Date) async -> DoctorStep {
        let chain: [X509.Certificate]
        do {
            chain = try await shown(by: peer).map { try X509.Certificate(derEncoded: $0.toDERBytes()) }
        } catch {
            return DoctorStep(
                .tls,
                .failed,
                "no certificate was shown: \(error)",
                advice: "The peer speaks no TLS there, or closes who comes from our address: ask which."
            )
        }
        guard let leaf = chain.first else {
            return DoctorStep(.tls, .failed, "no certificate was shown", advice: "The peer speaks no TLS there.")
        }
        let age = CertificateAge(leaf, at: now)
        let seen = "\(leaf.subject), issued by \(leaf.issuer), \(age)"
        if let reason = await distrust(leaf, chain, peer, at: now) {
            return DoctorStep(
                .tls,
                .failed,
                seen + ": \(reason)",
                advice: age.isInDate
                    ? "Give --authority the authority that issued it, and the URL the name that it is for."
                    : "The peer must renew its certificate."
            )
        }
        guard leaf.isFor(.serverAuth) else {
            return DoctorStep(
                .tls,
                .failed,
                seen + ": its extended key usage lacks serverAuth",
                advice: "The peer must have a certificate made for servers."
            )
        }
        return DoctorStep(.tls, .passed, seen, advice: age.isShort ? "Remind the peer to renew its certificate." : nil)
    }

    /// Why the chain is not to be trusted; `nil` if it is.
    private static func distrust(
        _ leaf: X509.Certificate,
        _ chain: [X509.Certificate],
        _ peer: Peer,
        at now: Date
    ) async -> String? {
        var roots = CertificateStore.systemTrustRoots
        let own = (try? NIOSSLCertificate.fromPEMFile(peer.identity.authorities)) ?? []
        roots.append(contentsOf: own.compactMap { try? X509.Certificate(derEncoded: $0.toDERBytes()) })
        let isAddress = (try? SocketAddress(ipAddress: peer.host, port: peer.port)) != nil
        var verifier = Verifier(rootCertificates: roots) {
            RFC5280Policy(fixedExpiryValidationTime: now)
            ServerIdentityPolicy(
                serverHostname: isAddress ? nil : peer.host,
                serverIP: isAddress ? peer.host : nil
            )
        }
        switch await verifier.validate(leaf: leaf, intermediates: CertificateStore(chain.dropFirst())) {
        case .validCertificate: return nil
        case .couldNotValidate(let failures):
            let reasons = failures.map { String(describing: $0.policyFailureReason) }
            return reasons.isEmpty ? "no authority that we trust signed it" : reasons.joined(separator: "; ")
        }
    }

    private static func shown(by peer: Peer) async throws -> [NIOSSLCertificate] {
        let isAddress = (try? SocketAddress(ipAddress: peer.host, port: peer.port)) != nil
        return try await ShownCertificates.chain(
            of: isAddress ? nil : peer.host,
            at: peer.host,
            port: peer.port,
            within: deadline
        )
    }
}
