import Engine
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import NIOPosix
import Testing

@testable import Adapters

@Suite struct RequestDeadlineTests {
    @Test func `a body sent byte by byte is cut off at the deadline, and told why`() async throws {
        let text = try await Self.listening(timeout: .milliseconds(200)) { port in
            try await Self.drip(to: port, until: { !$0.isEmpty })
        }

        #expect(text.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
        #expect(text.contains("connection: close") || text.contains("Connection: close"))
        #expect(text.hasSuffix("did not arrive in time.\n"))
    }

    @Test func `thirty slow senders hold nobody up`() async throws {
        let statuses = try await Self.listening(timeout: .seconds(60)) { port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<30 { group.addTask { _ = try? await Self.drip(to: port, until: { _ in false }) } }
                var statuses: [String] = []
                for _ in 0..<20 {
                    let text = try await Self.exchange(with: port, Self.head(length: 2), ["ok"]) { $0.contains("ok") }
                    statuses.append(String(text.prefix(12)))
                }
                group.cancelAll()
                return statuses
            }
        }

        #expect(statuses == Array(repeating: "HTTP/1.1 200", count: 20))
    }

    @Test func `the time begins anew with each request, and a whole one has none`() throws {
        let channel = EmbeddedChannel(handler: RequestDeadline(.seconds(20)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let head = HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/"))

        for _ in 0..<3 {
            try channel.writeInbound(head)
            channel.embeddedEventLoop.advanceTime(by: .seconds(19))
            try channel.writeInbound(HTTPRequestPart.end(nil))
            channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        }

        #expect(channel.isActive)
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
    }

    @Test func `a file of 20 MB at 64 KiB a second gets through, at half of it it does not`() throws {
        let head = HTTPRequestPart.head(HTTPRequest(method: .put, scheme: "http", authority: "a", path: "/"))
        let alive = try [65_536, 32_768].map { bytes in
            let channel = EmbeddedChannel(handler: RequestDeadline(.seconds(20)))
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            try channel.writeInbound(head)
            for _ in 0..<(20_000_000 / bytes) where channel.isActive {
                try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0x20, count: bytes)))
                channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            }
            return channel.isActive
        }

        #expect(alive == [true, false])
    }

    @Test func `an interface may say in its own words that a request is late`() throws {
        let channel = EmbeddedChannel(
            handler: RequestDeadline(.seconds(20)) {
                ByteResponse(
                    status: .internalServerError,
                    contentType: "text/xml",
                    bytes: Array("<\($0.path ?? "")>".utf8)
                )
            }
        )
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.writeInbound(
            HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "a", path: "late"))
        )

        channel.embeddedEventLoop.advanceTime(by: .seconds(20))

        let fields: HTTPFields = [.contentType: "text/xml", .contentLength: "6", .connection: "close"]
        let head = HTTPResponse(status: .internalServerError, headerFields: fields)
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .head(head))
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .body(ByteBuffer(string: "<late>")))
        #expect(!channel.isActive)
    }

    @Test func `who was answered already is only cut off`() throws {
        let channel = EmbeddedChannel(handler: RequestDeadline(.seconds(20)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.writeInbound(
            HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/"))
        )
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .unauthorized)))

        channel.embeddedEventLoop.advanceTime(by: .seconds(20))

        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .head(HTTPResponse(status: .unauthorized)))
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
        #expect(!channel.isActive)
    }

    @Test func `who was answered early has its own time, not what is left of an earlier request's`() throws {
        let channel = EmbeddedChannel(handler: RequestDeadline(.seconds(20)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let head = HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/"))
        try channel.writeInbound(head)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .seconds(19))
        try channel.writeInbound(head)
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .unauthorized)))

        channel.embeddedEventLoop.advanceTime(by: .seconds(19))
        let isActiveBefore = channel.isActive
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))

        #expect(isActiveBefore)
        #expect(!channel.isActive)
    }
}

extension RequestDeadlineTests {
    /// A listener that says what it was sent.
    private static func listening<Value: Sendable>(
        timeout: TimeAmount,
        _ body: @escaping @Sendable (_ port: Int) async throws -> Value
    ) async throws -> Value {
        try await ListeningBench.listening(timeout: timeout) { router in
            router.post("echo") { request, _ in
                ByteResponse(bytes: try await RequestBody.collect(request))
            }
        } _: {
            try await body($0)
        }
    }

    private static func head(length: Int) -> String {
        "POST /echo HTTP/1.1\r\nhost: localhost\r\ncontent-length: \(length)\r\n\r\n"
    }

    /// A byte every few milliseconds, never the whole.
    private static func drip(to port: Int, until isEnough: @escaping @Sendable (String) -> Bool) async throws -> String
    {
        try await exchange(with: port, head(length: 1_000_000), Array(repeating: " ", count: 2_000), isEnough)
    }

    /// Sends the pieces one after another, and answers what came until it is enough or the connection ended.
    private static func exchange(
        with port: Int,
        _ head: String,
        _ pieces: [String],
        _ isEnough: @escaping @Sendable (String) -> Bool
    ) async throws -> String {
        try await ListeningBench.connect(to: port).executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: head))
            return await withThrowingTaskGroup(of: String?.self) { group in
                group.addTask {
                    for piece in pieces {
                        try await outbound.write(ByteBuffer(string: piece))
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    return nil
                }
                group.addTask { try await ListeningBench.text(of: inbound, until: isEnough) }
                defer { group.cancelAll() }
                while let answer = await group.nextResult() {
                    if case .success(.some(let text)) = answer { return text }
                }
                return ""
            }
        }
    }
}
