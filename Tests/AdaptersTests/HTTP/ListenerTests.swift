import Engine
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Testing

@testable import Adapters

/// What a listener does with what comes over its sockets.
@Suite struct ListenerTests {
    @Test func `requests that come at once are answered one after another, in their order`() async throws {
        let requests = (1...200).map { "GET /slow/\($0) HTTP/1.1\r\nhost: a\r\n\r\n" }.joined()
        let text = try await Self.listening { port in
            try await Self.exchange(port, [requests]) { $0.contains("<200>") }
        }
        #expect(Self.marks(in: text) == (1...200).map { "<\($0)>" })
    }

    @Test func `a body in many pieces arrives whole, short or long`() async throws {
        let pieces = (0..<64).map { String(repeating: String($0 % 10), count: 8_192) }
        for count in [3, 64] {
            let body = pieces.prefix(count)
            let head = "POST /count HTTP/1.1\r\nhost: a\r\ncontent-length: \(count * 8_192)\r\n\r\n"
            let text = try await Self.listening { port in
                try await Self.exchange(port, [head] + body) { $0.contains(">") }
            }
            #expect(Self.marks(in: text) == ["<\(count * 8_192)>"])
        }
    }

    @Test func `a chunked body arrives whole, short or long`() async throws {
        let chunk = "2000\r\n" + String(repeating: "x", count: 0x2000) + "\r\n"
        for count in [2, 40] {
            let head = "POST /count HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
            let text = try await Self.listening { port in
                try await Self.exchange(port, [head] + Array(repeating: chunk, count: count) + ["0\r\n\r\n"]) {
                    $0.contains(">")
                }
            }
            #expect(Self.marks(in: text) == ["<\(count * 0x2000)>"])
        }
    }

    @Test func `of a long body no more is read than the handling takes`() async throws {
        let sent = try await Self.listening { port in
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: port).get()
            try await channel.writeAndFlush(
                ByteBuffer(string: "POST /never-reads HTTP/1.1\r\nhost: a\r\ncontent-length: 100000000\r\n\r\n")
            )
            var sent = 0
            let piece = ByteBuffer(repeating: 0x20, count: 1 << 20)
            while channel.isWritable, sent < 100 {
                channel.writeAndFlush(piece, promise: nil)
                sent += 1
                try await Task.sleep(for: .milliseconds(20))
            }
            try await channel.close()
            return sent
        }
        // What the two sockets' buffers hold, and a few pieces; not a hundred megabytes.
        #expect(sent < 50)
    }

    @Test func `who refuses a long body is heard before it has come`() async throws {
        let text = try await Self.listening { port in
            try await Self.exchange(port, ["POST /refuse HTTP/1.1\r\nhost: a\r\ncontent-length: 100000000\r\n\r\n"]) {
                $0.contains("no, thanks")
            }
        }
        #expect(text.hasPrefix("HTTP/1.1 413 "))
    }

    @Test func `the next request is answered though nobody read the last one's body`() async throws {
        let body = String(repeating: "x", count: 200_000)
        let text = try await Self.listening { port in
            try await Self.exchange(
                port,
                [
                    "POST /refuse HTTP/1.1\r\nhost: a\r\ncontent-length: 200000\r\n\r\n", body,
                    "GET /slow/7 HTTP/1.1\r\nhost: a\r\n\r\n",
                ]
            ) { $0.contains("<7>") }
        }
        #expect(text.hasPrefix("HTTP/1.1 413 "))
        #expect(Self.marks(in: text) == ["<7>"])
    }

    @Test func `bytes that are no HTTP are refused, and the connection ends`() async throws {
        let text = try await Self.listening { port in
            try await Self.exchange(port, ["this is no HTTP\r\n\r\n"]) { _ in false }
        }
        #expect(text.hasPrefix("HTTP/1.1 400 "))
        #expect(text.lowercased().contains("connection: close"))
    }

    @Test func `bytes that are no HTTP after a request do not lose its answer`() async throws {
        let text = try await Self.listening { port in
            try await Self.exchange(port, ["GET /slow/3 HTTP/1.1\r\nhost: a\r\n\r\nno HTTP\r\n\r\n"]) { _ in false }
        }
        #expect(text.hasPrefix("HTTP/1.1 200 "))
        #expect(Self.marks(in: text) == ["<3>"])
    }

    @Test func `a connection ends after the answer where the request says so`() async throws {
        let text = try await Self.listening { port in
            try await Self.exchange(
                port,
                ["GET /slow/1 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\nGET /slow/2 HTTP/1.1\r\nhost: a\r\n\r\n"]
            ) { _ in false }
        }
        #expect(Self.marks(in: text) == ["<1>"])
    }

    @Test func `who closes its own half still gets the answer`() async throws {
        let text = try await Self.listening { port in
            try await Self.exchange(port, ["GET /slow/3 HTTP/1.1\r\nhost: a\r\n\r\n"], closes: true) { _ in false }
        }
        #expect(Self.marks(in: text) == ["<3>"])
    }

    @Test func `a body that is written in pieces waits for a peer that reads slowly`() async throws {
        let text = try await Self.listening { port in
            try await Self.exchange(port, ["GET /pieces HTTP/1.1\r\nhost: a\r\n\r\n"]) { $0.hasSuffix("0\r\n\r\n") }
        }
        #expect(text.count > 20_000_000)
    }

    @Test func `a listener that is stopped asks what is under way to give up, and waits for it`() async throws {
        let (ends, ended) = AsyncStream<Bool>.makeStream()
        try await Self.listening(ended: ended) { port in
            _ = try await Self.exchange(port, ["GET /for-ever HTTP/1.1\r\nhost: a\r\n\r\n"], waits: false) { _ in true }
            try await Task.sleep(for: .milliseconds(200))
        }
        #expect(await ends.first { _ in true } == true)
    }

    /// It would end the whole process, not only fail: see `AcceptedConnection`.
    @Test func `connections that nobody has taken yet are closed with their listener`() async throws {
        for _ in 0..<20 {
            let accepted = try await Self.listening { port in
                try await withThrowingTaskGroup(of: (any Channel).self) { group in
                    for _ in 0..<64 {
                        group.addTask {
                            try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                                .connect(host: "127.0.0.1", port: port).get()
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
            for channel in accepted { try await channel.closeFuture.get() }
        }
    }
}

extension ListenerTests {
    private static func listening<Value: Sendable>(
        ended: AsyncStream<Bool>.Continuation? = nil,
        _ body: @escaping @Sendable (_ port: Int) async throws -> Value
    ) async throws -> Value {
        try await ListeningBench.listening { router in
            router.get("slow/{n}") { _, context in
                let number = context.parameters.get("n", as: Int.self) ?? 0
                if number % 3 == 0 { try await Task.sleep(for: .milliseconds(number % 5)) }
                return ByteResponse(bytes: Array("<\(number)>".utf8))
            }
            router.post("count") { request, _ in
                var count = 0
                for try await piece in request.body { count += piece.readableBytes }
                return ByteResponse(bytes: Array("<\(count)>".utf8))
            }
            router.post("never-reads") { _, _ in
                try await Task.sleep(for: .seconds(60))
                return ByteResponse(bytes: [])
            }
            router.post("refuse") { _, _ -> ByteResponse in
                throw APIError(.contentTooLarge, "no, thanks")
            }
            router.get("pieces") { _, _ in
                Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        for _ in 0..<320 { try await writer.write(ByteBuffer(repeating: 0x61, count: 1 << 16)) }
                        try await writer.finish(nil)
                    }
                )
            }
            router.get("for-ever") { _, _ in
                try? await Task.sleep(for: .seconds(3_600))
                ended?.yield(Task.isCancelled)
                return ByteResponse(bytes: [])
            }
        } _: {
            try await body($0)
        }
    }

    /// The answers' bodies.
    private static func marks(in text: String) -> [String] { text.matches(of: /<\d+>/).map { String($0.output) } }

    /// Sends the pieces one after another, and answers what came until it is enough or the connection ended.
    private static func exchange(
        _ port: Int,
        _ pieces: [String],
        closes: Bool = false,
        waits: Bool = true,
        until isEnough: @escaping @Sendable (String) -> Bool
    ) async throws -> String {
        try await ListeningBench.connect(to: port).executeThenClose { inbound, outbound in
            for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
            if closes { outbound.finish() }
            return waits ? try await ListeningBench.text(of: inbound, until: isEnough) : ""
        }
    }
}
