import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Adapters

@Suite struct RequestGateTests {
    @Test func `of a thousand requests that come at once one is answered after another, and few are parsed`() throws {
        let bench = try Bench()
        let request = "GET / HTTP/1.1\r\nhost: a\r\n\r\n"

        try bench.channel.writeInbound(ByteBuffer(string: String(repeating: request, count: 1_000)))
        var most = 0
        var answered = 0
        var heads = bench.heads()
        while heads > 0 {
            most = max(most, heads)
            for _ in 0..<heads {
                try bench.answer()
                answered += 1
            }
            heads = bench.heads()
        }

        #expect(answered == 1_000)
        #expect(most <= 100)
    }

    @Test func `the next request is not read before the last answer's bytes are gone`() throws {
        let bench = try Bench()
        let request = "GET /\(String(repeating: "x", count: 3_000)) HTTP/1.1\r\nhost: a\r\n\r\n"
        try bench.channel.writeInbound(ByteBuffer(string: request + request))
        #expect(bench.heads() == 1)

        bench.watch.unsent = 5
        try bench.answer()
        #expect(bench.heads() == 0)
        bench.watch.unsent = 0
        bench.channel.embeddedEventLoop.advanceTime(by: .seconds(5))
        bench.gate.resume()
        #expect(bench.heads() == 1)
    }

    @Test func `nothing is read from the socket while a request waits its turn`() throws {
        let bench = try Bench()
        let reads = bench.reads
        let request = "GET /\(String(repeating: "x", count: 3_000)) HTTP/1.1\r\nhost: a\r\n\r\n"
        try bench.channel.writeInbound(ByteBuffer(string: request + request))
        reads.count = 0

        bench.channel.read()
        #expect(reads.count == 0)
        try bench.answer()
        #expect(reads.count == 1)
    }

    @Test func `a body of known length is handed on whole, one in chunks in small pieces`() throws {
        let bench = try Bench()
        let body = String(repeating: "x", count: 60_000)
        try bench.channel.writeInbound(
            ByteBuffer(string: "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 60000\r\n\r\n\(body)")
        )
        #expect(bench.bodies().map(\.readableBytes).max() ?? 0 > 50_000)

        try bench.answer()
        try bench.channel.writeInbound(
            ByteBuffer(
                string: "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nea60\r\n\(body)\r\n0\r\n\r\n"
            )
        )
        let pieces = bench.bodies()
        #expect(pieces.map(\.readableBytes).max() ?? 0 <= 4_096)
        #expect(pieces.map(\.readableBytes).reduce(0, +) == 60_000)
    }

    @Test func `the peer's end is told after the requests that came before it`() throws {
        let bench = try Bench()
        let request = "GET /\(String(repeating: "x", count: 3_000)) HTTP/1.1\r\nhost: a\r\n\r\n"
        try bench.channel.writeInbound(ByteBuffer(string: request + request))
        bench.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!bench.events.hasInputClosed)

        try bench.answer()
        #expect(bench.heads() == 2)
        #expect(bench.events.hasInputClosed)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1", 14), ("\r\n\r\nGET / HTTP/1.1\r\nhost: a", 15), ("", 0), ("GET / HTTP/1.1\r\n\r\n", 15),
    ])
    func `the first line is measured to its end`(text: String, bytes: Int) {
        var line = FirstLine()
        for byte in text.utf8 { line.add(ByteBuffer(bytes: [byte])) }
        line.add(ByteBuffer(string: text.contains("\nh") || text.hasSuffix("\n") ? "more" : ""))
        #expect(line.bytes == bytes)
    }

    /// The handlers from the socket to Hummingbird's, and what a socket and Hummingbird would do.
    final class Bench {
        final class Reads: ChannelOutboundHandler {
            typealias OutboundIn = Any
            var count = 0
            func read(context: ChannelHandlerContext) { count += 1 }
            /// An embedded channel knows no halves.
            func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
                guard mode == .output else { return context.close(mode: mode, promise: promise) }
                promise?.succeed()
                context.pipeline.fireUserInboundEventTriggered(ChannelEvent.outputClosed)
            }
        }

        final class Events: ChannelInboundHandler {
            typealias InboundIn = HTTPServerRequestPart
            var hasInputClosed = false
            func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
                if event as? ChannelEvent == .inputClosed { hasInputClosed = true }
            }
        }

        let watch: ConnectionWatchTests.Bench
        let gate: RequestGate
        let reads = Reads()
        let events = Events()
        var channel: EmbeddedChannel { watch.channel }

        init() throws {
            watch = try ConnectionWatchTests.Bench()
            gate = RequestGate(watch.progress)
            var framing = HTTPResponseEncoder.Configuration()
            framing.automaticallySetFramingHeaders = false
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(reads, position: .first)
            try pipeline.addHandlers(
                gate,
                HTTPResponseEncoder(configuration: framing),
                ByteToMessageHandler(HTTPRequestDecoder()),
                HTTPManners(watch.progress) { _, _ in },
                events
            )
        }

        /// Heads that have come since.
        func heads() -> Int {
            parts().filter { if case .head = $0 { true } else { false } }.count
        }

        func bodies() -> [ByteBuffer] {
            parts().compactMap { if case .body(let bytes) = $0 { bytes } else { nil } }
        }

        private func parts() -> [HTTPServerRequestPart] {
            var parts: [HTTPServerRequestPart] = []
            while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) { parts.append(part) }
            return parts
        }

        func answer() throws {
            let head = HTTPResponseHead(version: .http1_1, status: .noContent)
            channel.write(HTTPServerResponsePart.head(head), promise: nil)
            channel.write(HTTPServerResponsePart.end(nil), promise: nil)
            channel.flush()
        }
    }
}
