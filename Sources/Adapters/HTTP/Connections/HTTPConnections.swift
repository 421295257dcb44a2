import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Sets up each connection of a listener: its place among the others, the guards of its bytes, HTTP, and Hummingbird.
///
///     socket ─ ConnectionWatch ─ (TLS) ─ RequestGate ─ parser ─ HTTPManners ─ RequestDeadline ─ idleness ─ requests
struct HTTPConnections: HTTPChannelHandler {
    typealias Value = HTTP1Channel.Value

    let responder: HTTPChannelHandler.Responder
    private let configuration: ListenerConfiguration
    private let limiter: ConnectionLimiter
    private let refused: @Sendable (APIError, _ uuid: String) -> Void

    init(
        _ configuration: ListenerConfiguration,
        limiter: ConnectionLimiter,
        refused: @escaping @Sendable (APIError, _ uuid: String) -> Void,
        responder: @escaping HTTPChannelHandler.Responder
    ) {
        self.configuration = configuration
        self.limiter = limiter
        self.refused = refused
        self.responder = ContinueOnDemand.responder(responder)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        setup(channel: channel, logger: logger) { _ in }
    }

    /// - Parameter beneath: adds what stands between the socket and HTTP.
    func setup(
        channel: any Channel,
        logger: Logger,
        beneath: (ChannelPipeline.SynchronousOperations) throws -> Void
    ) -> EventLoopFuture<Value> {
        guard let standing = limiter.admit(channel) else {
            return channel.close().flatMapThrowing { throw ChannelError.ioOnClosedChannel }
        }
        return channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let progress = ConnectionProgress(standing)
            let watch = ConnectionWatch(progress, limiter)
            let gate = RequestGate(progress)
            watch.onDrained = { [weak gate] in gate?.resume() }
            try channel.syncOptions?.setOption(.recvAllocator, value: Self.reading)
            try channel.syncOptions?.setOption(.socketOption(.so_sndbuf), value: Self.sendingBytes)
            try pipeline.addHandler(watch)
            try beneath(pipeline)
            // The encoder's own framing knows no HEAD: HTTPManners frames.
            var framing = HTTPResponseEncoder.Configuration()
            framing.automaticallySetFramingHeaders = false
            try pipeline.addHandlers(
                gate,
                HTTPResponseEncoder(configuration: framing),
                ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: configuration.parsing)),
                HTTPManners(progress, refused: refused),
                HTTP1ToHTTPServerCodec(secure: false),
                RequestDeadline(configuration.requestTimeout, late: configuration.late),
                HTTPConnectionStateHandler(idleTimeout: .init(configuration.idleTimeout), logger: logger)
            )
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    func handle(value: Value, logger: Logger) async { await handleHTTP(asyncChannel: value, logger: logger) }

    /// What the system holds of a connection's answers, instead of megabytes. The kernel doubles it: at a round trip of 50 ms
    /// that is 5 MB a second.
    private static let sendingBytes = 128 << 10
    /// What one read may take: that much is held for a peer that sends and doesn't read.
    private static let reading = AdaptiveRecvByteBufferAllocator(minimum: 1_024, initial: 2_048, maximum: 16_384)
}

extension ListenerConfiguration {
    fileprivate var parsing: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = headerBytesMax
        limits.maxHeaderListSize = headerBytesMax
        limits.maxHeaderFieldCount = 100
        return limits
    }
}
