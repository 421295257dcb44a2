import Hummingbird
import NIOCore
import NIOPosix
import Testing

@testable import Adapters

/// A listener under more connections than it keeps, from several of this machine's addresses.
@Suite(.timeLimit(.minutes(2))) struct CrowdedListenerTests {
    @Test func `one address gets its share, and another address still gets in`() async throws {
        try await Self.listening(connections: 40) { port in
            let crowd = Crowd(port)
            try await crowd.open(12, from: "127.0.0.2")
            // Those that were refused are closed; the share of four stays.
            await crowd.closed(8)

            #expect(try await Self.ask(port, from: "127.0.0.3") == "HTTP/1.1 200")
            #expect(crowd.openCount == 4)
            await crowd.close()
        }
    }

    @Test func `an exempt address has more than a share`() async throws {
        try await Self.listening(connections: 40, exempt: AddressRange.loopback) { port in
            let crowd = Crowd(port)
            try await crowd.open(20, from: "127.0.0.2")

            #expect(try await Self.ask(port, from: "127.0.0.2") == "HTTP/1.1 200")
            #expect(crowd.openCount == 20)
            await crowd.close()
        }
    }

    @Test func `when idle connections fill a listener, newcomers get in one after another`() async throws {
        try await Self.listening(connections: 40) { port in
            let crowd = Crowd(port)
            for source in 2..<14 { try await crowd.open(4, from: "127.0.0.\(source)") }
            await crowd.closed(8)

            for newcomer in 100..<130 {
                #expect(try await Self.ask(port, from: "127.0.0.\(newcomer)") == "HTTP/1.1 200")
            }
            await crowd.close()
        }
    }

    @Test func `when connections that ask and never read fill a listener, newcomers get in`() async throws {
        try await Self.listening(connections: 20) { port in
            let crowd = Crowd(port)
            for source in 2..<16 { try await crowd.open(2, from: "127.0.0.\(source)", reads: false) }
            crowd.send(String(repeating: "GET /large HTTP/1.1\r\nhost: a\r\n\r\n", count: 20))

            for newcomer in 100..<120 {
                #expect(try await Self.ask(port, from: "127.0.0.\(newcomer)") == "HTTP/1.1 200")
            }
            await crowd.close()
        }
    }

    // MARK: -

    private static func listening(
        connections: Int,
        exempt: [AddressRange] = [],
        _ body: @escaping @Sendable (_ port: Int) async throws -> Void
    ) async throws {
        var limits = ConnectionLimits()
        limits.connectionsMax = connections
        // A busy machine may take longer to a connection's turn than a head may take.
        limits.firstHeadTimeout = .minutes(10)
        limits.exempt = exempt
        try await ListeningBench.listening(limits: limits) { router in
            router.get("small") { _, _ in ByteResponse(bytes: Array("{}".utf8)) }
            router.get("large") { _, _ in ByteResponse(bytes: Array(repeating: 0x20, count: 1 << 20)) }
        } _: {
            try await body($0)
        }
    }

    private static func ask(_ port: Int, from source: String) async throws -> String {
        let text = try await ListeningBench.say(
            "GET /small HTTP/1.1\r\nhost: a\r\n\r\n",
            to: port,
            from: source
        ) { $0.hasSuffix("{}") }
        return String(text.prefix(12))
    }
}

/// Connections that are there and ask nothing, or read nothing.
private final class Crowd {
    private let port: Int
    private var channels: [any Channel] = []
    private var closings: AsyncStream<Void>.Iterator
    private let closing: AsyncStream<Void>.Continuation

    var openCount: Int { channels.filter(\.isActive).count }

    init(_ port: Int) {
        self.port = port
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        (closings, closing) = (stream.makeAsyncIterator(), continuation)
    }

    func open(_ count: Int, from source: String, reads: Bool = true) async throws {
        for _ in 0..<count {
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelOption(.autoRead, value: reads)
                .bind(to: SocketAddress(ipAddress: source, port: 0))
                .connect(host: "127.0.0.1", port: port).get()
            channel.closeFuture.whenComplete { [closing] _ in closing.yield() }
            channels.append(channel)
        }
    }

    func send(_ text: String) {
        for channel in channels { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }
    }

    /// Waits until so many more are closed by the listener.
    func closed(_ count: Int) async {
        for _ in 0..<count { await closings.next() }
    }

    func close() async {
        for channel in channels { try? await channel.close() }
    }
}
