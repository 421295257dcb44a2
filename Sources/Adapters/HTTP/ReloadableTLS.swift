import Engine
import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// The server's certificate and the authorities it trusts, replaceable while it runs: connections made after
/// ``reload(_:)`` get the new ones, and no session of before is resumed.
package final class ReloadableTLS: Sendable {
    struct Material: Sendable {
        let context: NIOSSLContext
        let clients: ClientChain
        let shown: HeldCertificate

        init(_ files: TLSFiles) throws {
            context = try files.serverContext()
            shown = try HeldCertificate(files, as: "listener")
            clients = try ClientChain(authorities: NIOSSLCertificate.fromPEMFile(files.authorities))
        }
    }

    private let material: Mutex<Material>

    package init(_ files: TLSFiles) throws { material = Mutex(try Material(files)) }

    package func reload(_ files: TLSFiles) throws {
        let new = try Material(files)
        material.withLock { $0 = new }
    }

    /// The certificate that new connections are shown.
    package func shown(by listener: String) -> HeldCertificate { current.shown.named("listener/\(listener)") }

    var current: Material { material.withLock { $0 } }
}

/// A connection of the mutual-TLS listener: its source address is looked at before a byte of TLS is exchanged.
struct MutualTLSChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = HTTP1Channel.Value

    let base: HTTPConnections
    let tls: ReloadableTLS
    let realTime: TimeSource
    let allows: @Sendable (SocketAddress?) -> Bool
    /// For all connections that are refused before their first request.
    let throttle = LogThrottle()

    var responder: HTTPChannelHandler.Responder { base.responder }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        guard allows(channel.remoteAddress) else {
            logger.info(
                "connection from an address that no party may use",
                by: throttle,
                metadata: ["pb-address": "\(channel.remoteAddress?.ipAddress ?? "unknown")"]
            )
            return channel.close().flatMapThrowing { throw ChannelError.ioOnClosedChannel }
        }
        let material = tls.current
        var named = logger
        named[metadataKey: "pb-address"] = "\(channel.remoteAddress?.ipAddress ?? "unknown")"
        let logger = named
        return base.setup(channel: channel, logger: logger) { pipeline in
            let handler = NIOSSLServerHandler(context: material.context) { [realTime, throttle] presented, answer in
                answer.completeWithTask {
                    await material.clients.verify(presented, at: realTime, logger: logger, throttle: throttle)
                }
            }
            try pipeline.addHandlers(handler, HandshakeLog(logger: logger, throttle: throttle))
        }
    }

    func handle(value: Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
