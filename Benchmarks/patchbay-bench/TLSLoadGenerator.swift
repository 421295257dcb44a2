import Adapters
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// Many keep-alive connections under mutual TLS on one thread, each with one request under way.
struct TLSLoadGenerator {
    let port: Int
    let clients: Int
    /// The client's certificate and key, and the authority of the server's.
    let identity: TLSFiles
    /// The bytes of request `n`; each is sent once.
    let request: @Sendable (Int) -> [UInt8]
    /// Whether an answer is the one that was wanted.
    var isGood: @Sendable (_ status: Int, _ answer: [UInt8]) -> Bool = { status, _ in status == 201 }

    /// Sends request after request on each connection until the time is over; every answer must be good.
    func run(for duration: Duration) async throws -> Figures {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(identity.authorities)
        tls.certificateChain = try NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) }
        tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem))
        let context = try NIOSSLContext(configuration: tls)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let numbers = Counter()
        let start = ContinuousClock.now
        let ended = try await withThrowingTaskGroup(of: [Double].self) { tasks in
            for _ in 0..<clients {
                tasks.addTask {
                    let done = loop.makePromise(of: [Double].self)
                    let channel = try await ClientBootstrap(group: group).channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            let client = LoadClient(numbers, request, isGood, until: start + duration, done)
                            let handler = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                            try channel.pipeline.syncOperations.addHandlers(handler, client)
                        }
                    }.connect(host: "127.0.0.1", port: port).get()
                    let latencies = try await done.futureResult.get()
                    try? await channel.close()
                    return latencies
                }
            }
            return try await tasks.reduce(into: []) { $0 += $1 }
        }
        let figures = Figures(latencies: ended, elapsed: ContinuousClock.now - start)
        try await group.shutdownGracefully()
        return figures
    }
}

private final class LoadClient: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let numbers: Counter
    private let request: @Sendable (Int) -> [UInt8]
    private let isGood: @Sendable (Int, [UInt8]) -> Bool
    private let end: ContinuousClock.Instant
    private let done: EventLoopPromise<[Double]>
    private var latencies: [Double] = []
    private var sent = ContinuousClock.now
    private var input: [UInt8] = []

    init(
        _ numbers: Counter,
        _ request: @escaping @Sendable (Int) -> [UInt8],
        _ isGood: @escaping @Sendable (Int, [UInt8]) -> Bool,
        until end: ContinuousClock.Instant,
        _ done: EventLoopPromise<[Double]>
    ) {
        self.numbers = numbers
        self.request = request
        self.isGood = isGood
        self.end = end
        self.done = done
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted = event as? TLSUserEvent { send(context) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        input += unwrapInboundIn(data).readableBytesView
        guard let status = LoadGenerator.status(input) else { return }
        guard isGood(status, input) else {
            return done.fail(LoadGenerator.Failure(text: String(decoding: input, as: UTF8.self)))
        }
        let now = ContinuousClock.now
        latencies.append((now - sent).inSeconds * 1_000)
        input.removeAll(keepingCapacity: true)
        if now < end { send(context) } else { done.succeed(latencies) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { done.fail(error) }

    func channelInactive(context: ChannelHandlerContext) {
        done.fail(LoadGenerator.Failure(text: "a connection ended"))
    }

    private func send(_ context: ChannelHandlerContext) {
        sent = ContinuousClock.now
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: request(Int(numbers.next())))), promise: nil)
    }
}
