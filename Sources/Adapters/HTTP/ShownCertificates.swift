import NIOCore
import NIOPosix
import NIOSSL

/// What a server shows in a handshake, which is then broken off.
enum ShownCertificates {
    /// - Parameters:
    ///   - name: the host's, for servers that have several; nil for an address.
    ///   - destination: a host name, or an address.
    static func chain(
        of name: String?,
        at destination: String,
        port: Int,
        within deadline: TimeAmount
    ) async throws -> [NIOSSLCertificate] {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let shown = loop.makePromise(of: [NIOSSLCertificate].self)
        let alarm = loop.scheduleTask(in: deadline) { shown.fail(ChannelError.connectTimeout(deadline)) }
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(deadline).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let handler = try NIOSSLClientHandler(
                    context: NIOSSLContext(configuration: TLSConfiguration.makeClientConfiguration()),
                    serverHostname: name,
                    customVerificationCallback: { certificates, verdict in
                        shown.succeed(certificates)
                        verdict.succeed(NIOSSLVerificationResult.failed)
                    }
                )
                try channel.pipeline.syncOperations.addHandlers(handler, UntilClosed(shown: shown))
            }
        }
        let connecting = bootstrap.connect(host: destination, port: port)
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

/// Ends the waiting when the connection ends first. Once a certificate was shown, the error no longer matters.
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
