import FoundationEssentials
import NIOCore
import NIOPosix
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
            chain = try await present(peer).map { try X509.Certificate(derEncoded: $0.toDERBytes()) }
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

    /// What the peer shows in a handshake, which is then broken off.
    private static func present(_ peer: Peer) async throws -> [NIOSSLCertificate] {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let shown = loop.makePromise(of: [NIOSSLCertificate].self)
        let alarm = loop.scheduleTask(in: deadline) { shown.fail(ChannelError.connectTimeout(deadline)) }
        let context = try NIOSSLContext(configuration: TLSConfiguration.makeClientConfiguration())
        let isAddress = (try? SocketAddress(ipAddress: peer.host, port: peer.port)) != nil
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(deadline).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let handler = try NIOSSLClientHandler(
                    context: context,
                    serverHostname: isAddress ? nil : peer.host,
                    customVerificationCallback: { certificates, verdict in
                        shown.succeed(certificates)
                        verdict.succeed(NIOSSLVerificationResult.failed)
                    }
                )
                try channel.pipeline.syncOperations.addHandlers(handler, UntilClosed(shown: shown))
            }
        }
        let connecting = bootstrap.connect(host: peer.host, port: peer.port)
        connecting.whenFailure { shown.fail($0) }
        do {
            let certificates = try await shown.futureResult.get()
            alarm.cancel()
            connecting.whenSuccess { $0.close(promise: nil) }
            return certificates
        } catch {
            alarm.cancel()
            connecting.whenSuccess { $0.close(promise: nil) }
            throw error
        }
    }
}

/// Ends the waiting when the connection ends first. Whoever was shown a certificate has no use for the error any more.
private final class UntilClosed: ChannelInboundHandler {
    typealias InboundIn = Any

    private let shown: EventLoopPromise<[NIOSSLCertificate]>

    init(shown: EventLoopPromise<[NIOSSLCertificate]>) { self.shown = shown }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        shown.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        shown.fail(ChannelError.eof)
        context.fireChannelInactive()
    }
}
