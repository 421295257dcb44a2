import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Endpoints of buyers or partners on one thread: what begins with `/silent` is never answered, all else acknowledged;
/// what comes to `/counted` and below counts.
final class NotificationSink: Sendable {
    private let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let arrivals: Arrivals

    private init(_ group: MultiThreadedEventLoopGroup, _ channel: any Channel, _ arrivals: Arrivals) {
        self.group = group
        self.channel = channel
        self.arrivals = arrivals
        port = channel.localAddress?.port ?? 0
    }

    /// What a sender takes for a yes.
    struct Acknowledgement: Sendable {
        let contentType: String
        let body: String

        static let ticketing = Acknowledgement(
            contentType: "text/xml",
            body: """
                <receivedNotifyFaultReportUpdate><apiVersion>1.0</apiVersion><buyerIdentifier>BENCH1</buyerIdentifier>\
                <sentAt>2027-01-15T08:00:00Z</sentAt><messageId>a</messageId><responseCode>200</responseCode>\
                </receivedNotifyFaultReportUpdate>
                """
        )
        static let kci = Acknowledgement(contentType: "application/json", body: "{}")
        static let installation = Acknowledgement(contentType: "application/json", body: #"{"providerJobId":"P-1"}"#)
    }

    /// - Parameters:
    ///   - count: how many ``reached()`` waits for.
    ///   - acknowledgement: what is answered.
    static func listening(for count: Int, acknowledging acknowledgement: Acknowledgement = .ticketing) async throws
        -> NotificationSink
    {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let arrivals = Arrivals(wanted: count)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Acknowledger(arrivals, acknowledgement))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return NotificationSink(group, channel, arrivals)
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

    /// Returns once so many have come.
    func reached() async { await arrivals.reached() }

    func close() async throws {
        try await channel.close()
        try await group.shutdownGracefully()
    }
}

/// What has come, and who waits for it.
private final class Arrivals: Sendable {
    private let wanted: Int
    private let count = Mutex(0)
    private let signal: AsyncStream<Void>
    private let done: AsyncStream<Void>.Continuation

    init(wanted: Int) {
        self.wanted = wanted
        (signal, done) = AsyncStream.makeStream()
    }

    func add() {
        let isWhole = count.withLock { count in
            count += 1
            return count == wanted
        }
        if isWhole { done.finish() }
    }

    func reached() async { for await _ in signal {} }
}

private final class Acknowledger: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let acknowledgement: ByteBuffer
    private let contentType: String
    private let arrivals: Arrivals
    private var path = ""

    init(_ arrivals: Arrivals, _ acknowledgement: NotificationSink.Acknowledgement) {
        self.arrivals = arrivals
        self.acknowledgement = ByteBuffer(string: acknowledgement.body)
        contentType = acknowledgement.contentType
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): path = head.uri
        case .body: break
        case .end where path.hasPrefix("/silent"): break
        case .end:
            let headers: HTTPHeaders = [
                "content-type": contentType, "content-length": "\(acknowledgement.readableBytes)",
            ]
            let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(acknowledgement))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            if path.hasPrefix("/counted") { arrivals.add() }
        }
    }
}
