import NIOCore
import NIOPosix
import Synchronization

/// A receiver on a port of its own that answers each whole request with the bytes that a test says, and hangs up.
struct RawPeer: Sendable {
    let port: Int

    var url: String { "http://127.0.0.1:\(port)" }

    /// - Parameters:
    ///   - answer: to the request of this number, from 0.
    ///   - heard: is told each whole request.
    static func answering<Value: Sendable>(
        _ answer: @escaping @Sendable (_ number: Int) -> [UInt8],
        heard: @escaping @Sendable (_ request: String) -> Void = { _ in },
        _ body: (RawPeer) async throws -> Value
    ) async throws -> Value {
        let numbers = Counter()
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AnswerOnce {
                            heard($0)
                            return answer(numbers.next())
                        }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let value = try await body(RawPeer(port: channel.localAddress?.port ?? 0))
            try await channel.close().get()
            return value
        } catch {
            try? await channel.close().get()
            throw error
        }
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock { count in
                defer { count += 1 }
                return count
            }
        }
    }
}

/// Waits for the head and the announced body, answers, and closes.
private final class AnswerOnce: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: (_ request: String) -> [UInt8]
    private var request = ""
    private var hasAnswered = false

    init(_ answer: @escaping (_ request: String) -> [UInt8]) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        request += String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
        guard !hasAnswered, isWhole else { return }
        hasAnswered = true
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer(request))), promise: nil)
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private var isWhole: Bool {
        guard let end = request.utf8.firstRange(of: "\r\n\r\n".utf8) else { return false }
        let lines = request[..<end.lowerBound].lowercased().split(separator: "\r\n")
        let length = lines.first { $0.hasPrefix("content-length:") }?.split(separator: ":").last
        let wanted = length.flatMap { Int($0.filter(\.isNumber)) } ?? 0
        return request.utf8.distance(from: end.upperBound, to: request.utf8.endIndex) >= wanted
    }
}
