import AsyncHTTPClient
import Engine
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import Adapters

/// Why there is no answer, in our words: each cause for real, on a socket.
@Suite struct OutboundFailureTests {
    /// A listener that says these bytes to whatever is asked, and closes.
    private static func asking(saying bytes: String) async throws -> Result<OutboundResponse, OutboundFailure> {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Sayer(bytes: bytes))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let answer = await ask("http://127.0.0.1:\(server.localAddress?.port ?? 0)/")
        try await server.close()
        return answer
    }

    private static func ask(_ url: String) async -> Result<OutboundResponse, OutboundFailure> {
        let call = try? OutboundCall(
            policy: AddressPolicy(.loopbackOnly),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        guard let call else { return .failure(OutboundFailure(.other, "no call")) }
        let answer = await call.send(
            OutboundRequest(url: url, headers: [("X-Request-ID", "r-1")], body: [1], deadline: .seconds(5))
        )
        await call.shutdown()
        return answer
    }

    private static func failure(_ answer: Result<OutboundResponse, OutboundFailure>) -> OutboundFailure? {
        if case .failure(let failure) = answer { failure } else { nil }
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
    func `a connection that is closed before the whole answer`(bytes: String) async throws {
        let failure = Self.failure(try await Self.asking(saying: bytes))

        #expect(failure == OutboundFailure(.closed, "the connection was closed before an answer"))
    }

    @Test(arguments: ["SSH-2.0-x\r\n\r\n", "<h1>hello</h1>\r\n\r\n"])
    func `what is no HTTP`(bytes: String) async throws {
        let failure = Self.failure(try await Self.asking(saying: bytes))

        #expect(failure == OutboundFailure(.invalid, "the answer is not HTTP"))
    }

    @Test func `an address where nothing listens`() async throws {
        let failure = Self.failure(await Self.ask("http://127.0.0.1:1/"))

        #expect(failure == OutboundFailure(.refused, "the connection was refused: nothing listens there"))
    }

    @Test func `a server that speaks no TLS`() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Sayer(bytes: "HTTP/1.1 400 Bad Request\r\n\r\n"))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()

        let failure = Self.failure(await Self.ask("https://127.0.0.1:\(server.localAddress?.port ?? 0)/"))

        #expect(failure == OutboundFailure(.tls, "the server does not speak TLS there"))
        try await server.close()
    }

    @Test func `what nobody foresaw is an id, and no library's words`() {
        struct Unforeseen: Error {}

        let failure = OutboundFailure(Unforeseen(), after: .seconds(10))

        #expect(failure == OutboundFailure(.other, "an internal error"))
    }

    @Test(arguments: [
        (HTTPClientError.deadlineExceeded, "no answer within 10 s"),
        (.connectTimeout, "no connection could be made in time"),
        (.remoteConnectionClosed, "the connection was closed before an answer"),
        (.getConnectionFromPoolTimeout, "no connection was free within 10 s"),
        (.emptyHost, "the endpoint is not an http or https address"),
        (.invalidProxyResponse, "an internal error"),
    ])
    func `a client's error has words of ours`(error: HTTPClientError, words: String) {
        #expect(OutboundFailure(error, after: .seconds(10)).text == words)
    }

    @Test(arguments: [
        (32, "closed"), (104, "closed"), (110, "in time"), (111, "refused"), (113, "no way"), (5, "internal"),
    ])
    func `the system's errors have words of ours`(errno: Int32, words: String) {
        let error = IOError(errnoCode: errno, reason: "/a/path")

        let text = OutboundFailure(error, after: .seconds(10)).text

        #expect(text.contains(words))
        #expect(!text.contains("/a/path"))
    }

    @Test(arguments: [(Duration.seconds(10), "10 s"), (.milliseconds(500), "0.5 s"), (.milliseconds(1_020), "1.02 s")])
    func `a time is said in seconds`(duration: Duration, words: String) {
        #expect(duration.inWords == words)
    }
}

/// Waits for anything, says its bytes, and closes.
private final class Sayer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let bytes: String

    init(bytes: String) { self.bytes = bytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = context.channel
        channel.writeAndFlush(ByteBuffer(string: bytes)).whenComplete { _ in channel.close(promise: nil) }
    }
}
