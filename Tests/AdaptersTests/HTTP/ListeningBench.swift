import Engine
import Hummingbird
import Logging
import NIOCore
import NIOPosix

@testable import Adapters

/// A plain listener on a port of its own, and connections to it on which a test says each byte itself.
enum ListeningBench {
    static func listening<Value: Sendable>(
        timeout: TimeAmount? = nil,
        limits: ConnectionLimits = ConnectionLimits(),
        routes: (Router<BasicContext>) -> Void,
        _ body: @escaping @Sendable (_ port: Int) async throws -> Value
    ) async throws -> Value {
        var configuration = ListenerConfiguration(name: "plain", host: "127.0.0.1", port: 0)
        if let timeout { configuration.requestTimeout = timeout }
        configuration.limits = limits
        let listener = PlainListener(
            configuration,
            activity: Activity(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        routes(listener.router)
        let (ports, running) = AsyncStream<Int>.makeStream()
        let application = listener.application { running.yield($0) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            defer { group.cancelAll() }
            return try await body(await ports.first { _ in true } ?? 0)
        }
    }

    /// Either end may close its half and still be heard.
    ///
    /// - Parameter source: one of this machine's addresses.
    static func connect(
        to port: Int,
        from source: String = "127.0.0.1"
    ) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .bind(to: SocketAddress(ipAddress: source, port: 0))
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true)
                    )
                }
            }
    }

    /// Sends text and answers what came until it is enough, or the listener ended the connection.
    static func say(
        _ text: String,
        to port: Int,
        from source: String = "127.0.0.1",
        until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }
    ) async throws -> String {
        try await connect(to: port, from: source).executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            return try await self.text(of: inbound, until: isEnough)
        }
    }

    /// What comes, until it is enough or the connection ended.
    static func text(
        of inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        until isEnough: (String) -> Bool
    ) async throws -> String {
        var text = ""
        for try await buffer in inbound {
            text += String(buffer: buffer)
            if isEnough(text) { break }
        }
        return text
    }
}
