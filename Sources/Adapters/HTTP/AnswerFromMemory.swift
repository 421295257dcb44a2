import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// What is known of a route's answers without waiting for anything.
package struct Memory: Sendable {
    /// As the table of routes has it.
    let route: String
    /// Answers on the event loop where the request was read; `nil`: it goes its usual way, through the table of routes. So this
    /// decides nothing but that all is well: whoever is not surely known and allowed, or asks for what is not at hand, is sent
    /// the usual way, where every refusal is made.
    let answer: @Sendable (Request) -> ByteResponse?
}

/// Answers from memory in front of the tasks that handle a connection's requests: a task, its suspensions and the way into and out
/// of it cost more than such an answer.
///
/// It stands behind what guards the connection, so that deadlines, idleness and the end of the house hold for it as well. Answers
/// leave in the order in which requests came: nothing is answered here while an earlier request is on its usual way.
final class AnswerFromMemory: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let memory: @Sendable (Request) -> ByteResponse?
    /// Of a request that may be answered here, until it is known to have no body.
    private var head: HTTPRequest?
    /// Requests on their usual way.
    private var waiting = 0
    private var date = WrittenHTTPDate()

    init(_ memory: @escaping @Sendable (Request) -> ByteResponse?) { self.memory = memory }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request):
            // Who doesn't take his answers gets no more of them here.
            if waiting == 0, context.channel.isWritable, request.method == .get, staysOpen(request) {
                head = request
                return
            }
            waiting += 1
        case .body: passHead(context)
        case .end:
            if let head, let answer = memory(Request(head: head, body: .init(buffer: ByteBuffer()))) {
                self.head = nil
                return give(answer, context)
            }
            passHead(context)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { waiting -= 1 }
        context.write(data, promise: promise)
    }

    /// Whoever wants to close, or to do anything else with the connection, does it the usual way.
    private func staysOpen(_ request: HTTPRequest) -> Bool {
        request.headerFields.value(of: .connection).map { $0.lowercased() == "keep-alive" } ?? true
    }

    private func passHead(_ context: ChannelHandlerContext) {
        guard let head else { return }
        self.head = nil
        waiting += 1
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private func give(_ answer: ByteResponse, _ context: ChannelHandlerContext) {
        var head = HTTPResponse(status: answer.status, headerFields: answer.headers)
        head.headerFields[.contentType] = answer.contentType
        head.headerFields[.contentLength] = String(answer.bytes.count)
        head.headerFields[.date] = date.now()
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: answer.bytes))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
