import Formats
import NIOCore
import NIOHTTP1

/// Closes a connection whose peer answers with a status that HTTP does not have, before AsyncHTTPClient sees it.
///
/// A status below 100 ends the process there: its state machine passes over the head as an informational one, and meets an end
/// without a head (docs/upstream.md). For the caller there is no valid answer.
final class ResponseStatusGuard: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private var hasRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasRefused else { return }
        if case .head(let head) = unwrapInboundIn(data), !HTTPAnswer.statuses.contains(head.status.code) {
            hasRefused = true
            context.fireErrorCaught(OutboundFailure(.other, "no valid answer: HTTP has no status \(head.status.code)"))
            return context.close(promise: nil)
        }
        context.fireChannelRead(data)
    }

    /// Right behind the decoder of a new connection, on the connection's own event loop.
    static func add(to channel: any Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        try pipeline.addHandler(ResponseStatusGuard(), position: .after(decoder))
    }
}
