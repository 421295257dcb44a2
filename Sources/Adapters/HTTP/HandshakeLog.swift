import Logging
import Metrics
import NIOCore
import NIOSSL

/// Counts and logs handshakes that fail: a client without a certificate, or with an unknown one, gets no answer, so this is
/// the only trace of the attempt (decision 39). Which certificate it was, ``ClientChain`` logs.
final class HandshakeLog: ChannelInboundHandler {
    typealias InboundIn = Any

    private let logger: Logger
    /// Shared by all connections of the listener.
    private let throttle: LogThrottle

    init(logger: Logger, throttle: LogThrottle) {
        self.logger = logger
        self.throttle = throttle
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .handshakeFailed(let reason) = error as? NIOSSLError {
            Counter(label: "tls_handshakes_failed_total").increment()
            logger.info(
                "handshake failed",
                by: throttle,
                metadata: [
                    "pb-address": "\(context.remoteAddress?.ipAddress ?? "unknown")",
                    "pb-reason": "\(HandshakeCause(reason))",
                ]
            )
        }
        context.fireErrorCaught(error)
    }
}
