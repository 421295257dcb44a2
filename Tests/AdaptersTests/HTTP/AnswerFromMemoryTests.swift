import HTTPTypes
import Hummingbird
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Adapters

@Suite struct AnswerFromMemoryTests {
    @Test func `what is known is answered in place, and nobody behind hears of it`() throws {
        let channel = try Self.channel()

        try channel.writeInbound(Self.head("/known"))
        try channel.writeInbound(HTTPRequestPart.end(nil))

        #expect(try channel.readInbound(as: HTTPRequestPart.self) == nil)
        #expect(try Self.status(channel) == 200)
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .body(ByteBuffer(string: "{}")))
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .end(nil))
    }

    @Test func `what is not known goes on as it came`() throws {
        let channel = try Self.channel()

        try channel.writeInbound(Self.head("/else"))
        try channel.writeInbound(HTTPRequestPart.end(nil))

        #expect(try channel.readInbound(as: HTTPRequestPart.self) == Self.head("/else"))
        #expect(try channel.readInbound(as: HTTPRequestPart.self) == .end(nil))
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
    }

    @Test func `answers keep the order of requests`() throws {
        let channel = try Self.channel()
        try channel.writeInbound(Self.head("/else"))
        try channel.writeInbound(HTTPRequestPart.end(nil))

        try channel.writeInbound(Self.head("/known"))
        try channel.writeInbound(HTTPRequestPart.end(nil))

        // Both are on their way behind.
        for _ in 0..<4 { #expect(try channel.readInbound(as: HTTPRequestPart.self) != nil) }
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)

        for _ in 0..<2 {
            try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .accepted)))
            try channel.writeOutbound(HTTPResponsePart.end(nil))
            #expect(try Self.status(channel) == 202)
            _ = try channel.readOutbound(as: HTTPResponsePart.self)
        }
        try channel.writeInbound(Self.head("/known"))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        #expect(try Self.status(channel) == 200)
    }

    @Test func `a request with a body goes on whole`() throws {
        let channel = try Self.channel()
        let parts = [Self.head("/known"), .body(ByteBuffer(string: "x")), .body(ByteBuffer(string: "y")), .end(nil)]

        for part in parts { try channel.writeInbound(part) }

        for part in parts { #expect(try channel.readInbound(as: HTTPRequestPart.self) == part) }
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
    }

    @Test(arguments: [
        ("close", false), ("Close", false), ("keep-alive, TE", false), ("keep-alive", true), ("Keep-Alive", true),
    ])
    func `who wants anything of the connection but to stay goes the usual way`(wish: String, isAnswered: Bool) throws {
        let channel = try Self.channel()

        try channel.writeInbound(Self.head("/known", [.connection: wish]))
        try channel.writeInbound(HTTPRequestPart.end(nil))

        #expect(try (channel.readOutbound(as: HTTPResponsePart.self) != nil) == isAnswered)
        #expect(try (channel.readInbound(as: HTTPRequestPart.self) == nil) == isAnswered)
    }

    @Test func `who does not take his answers gets no more here`() throws {
        let channel = try Self.channel()
        channel.isWritable = false

        try channel.writeInbound(Self.head("/known"))
        try channel.writeInbound(HTTPRequestPart.end(nil))

        #expect(try channel.readInbound(as: HTTPRequestPart.self) == Self.head("/known"))
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
    }

    @Test func `a POST is not asked about`() throws {
        let channel = try Self.channel()
        let head = HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/known"))

        try channel.writeInbound(head)

        #expect(try channel.readInbound(as: HTTPRequestPart.self) == head)
    }

    private static func channel() throws -> EmbeddedChannel {
        let handler = AnswerFromMemory { request in
            request.uri.path == "/known" ? ByteResponse(bytes: Array("{}".utf8)) : nil
        }
        let channel = EmbeddedChannel(handler: handler)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private static func head(_ path: String, _ fields: HTTPFields = [:]) -> HTTPRequestPart {
        .head(HTTPRequest(method: .get, scheme: "http", authority: "a", path: path, headerFields: fields))
    }

    private static func status(_ channel: EmbeddedChannel) throws -> Int? {
        guard case .head(let head)? = try channel.readOutbound(as: HTTPResponsePart.self) else { return nil }
        return head.status.code
    }
}
