import Crypto
import Engine
import FoundationEssentials
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// The client certificate of a connection, read. Only ``PeerIdentities`` makes one, from what TLS has verified.
struct PeerIdentity: Sendable {
    /// SHA-256 of the DER, lower-case hex: by this a party is registered.
    let fingerprint: String
    let subject: String
    /// A resumed session skips the handshake's check of the dates, so every request compares this anew.
    let notValidAfter: Date

    fileprivate init(der: [UInt8], fingerprint: String) throws {
        let certificate = try X509.Certificate(derEncoded: der)
        self.fingerprint = fingerprint
        subject = String(describing: certificate.subject)
        notValidAfter = certificate.notValidAfter
    }
}

/// Reads client certificates, each once.
struct PeerIdentities: Sendable {
    private let known = RecentlyUsed<SHA256.Digest, PeerIdentity>(capacity: 1_000)

    /// The fingerprint of a connection's certificate, if it has one and its dates allow; `nil` on a plain connection.
    func fingerprint(of channel: any Channel, at realTime: TimeSource) async -> String? {
        guard let identity = try? await identity(of: channel), realTime.now() <= identity.notValidAfter else {
            return nil
        }
        return identity.fingerprint
    }

    func identity(of channel: any Channel) async throws -> PeerIdentity? {
        guard let certificate = try await channel.nioSSL_peerCertificate().get() else { return nil }
        let der = try certificate.toDERBytes()
        let digest = SHA256.hash(data: der)
        if let identity = known[digest] { return identity }
        let identity = try PeerIdentity(der: der, fingerprint: Hex.encode(digest))
        known[digest] = identity
        return identity
    }
}
