import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection whose request does not arrive in time.
///
/// Whoever sends a byte now and then is never idle, and would hold a socket, a buffer and a waiting handler for ever;
/// enough of them, and nobody else gets in. The time counts from the head to the last byte of the body, and there is more of
/// it for what has come: a large file on a slow line gets through. If nothing of the answer has been sent by then, the
/// peer is told why: 408, or what its interface has for it.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Half a megabit a second: the slowest line that is waited for.
    static let bytesPerSecondMin = 64 * 1_024

    static let words = "The request did not arrive in time."

    private let limit: TimeAmount
    private let late: @Sendable (HTTPRequest) -> ByteResponse?
    /// Of the request that is coming.
    private var head: HTTPRequest?
    /// Set for the first request and left alone: to cancel and set it anew for each would cost more than parsing one.
    private var alarm: Scheduled<Void>?
    /// Whether a request has begun and is not whole.
    private var isComing = false
    private var began: NIODeadline = .uptimeNanoseconds(0)
    private var received = 0
    /// Whether an answer went out since the request began: then a second one would only confuse.
    private var hasAnswered = false

    /// - Parameter late: the answer in the words of the request's interface; `nil`: 408 and a line of text.
    init(_ limit: TimeAmount, late: @escaping @Sendable (HTTPRequest) -> ByteResponse? = { _ in nil }) {
        self.limit = limit
        self.late = late
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            (isComing, hasAnswered, received) = (true, false, 0)
            self.head = head
            began = context.eventLoop.now
            if alarm == nil { arm(context, until: began + limit) }
        case .body(let bytes): received += bytes.readableBytes
        case .end: isComing = false
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // 100 Continue is no answer.
        if case .head(let head) = unwrapOutboundIn(data), head.status.kind != .informational { hasAnswered = true }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        disarm()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { disarm() }

    private func arm(_ context: ChannelHandlerContext, until end: NIODeadline) {
        alarm = context.eventLoop.assumeIsolated().scheduleTask(deadline: end) { self.look(context) }
    }

    /// Who was answered already gets no more time for what has come. The alarm may be an earlier request's: it says only
    /// when to look.
    private func look(_ context: ChannelHandlerContext) {
        alarm = nil
        guard isComing else { return }
        let more = hasAnswered ? 0 : Int64(received) * 1_000 / Int64(Self.bytesPerSecondMin)
        let end = began + limit + .milliseconds(more)
        if end > context.eventLoop.now { arm(context, until: end) } else { expire(context) }
    }

    private func disarm() {
        alarm?.cancel()
        alarm = nil
    }

    private func expire(_ context: ChannelHandlerContext) {
        if !hasAnswered {
            let answer =
                head.flatMap(late)
                ?? ByteResponse(
                    status: .requestTimeout,
                    contentType: "text/plain; charset=utf-8",
                    bytes: Array("\(Self.words)\n".utf8)
                )
            var response = HTTPResponse(status: answer.status)
            response.headerFields = answer.headers
            response.headerFields[.contentType] = answer.contentType
            response.headerFields[.contentLength] = "\(answer.bytes.count)"
            response.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(response)), promise: nil)
            context.write(wrapOutboundOut(.body(ByteBuffer(bytes: answer.bytes))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(promise: nil)
    }
}
