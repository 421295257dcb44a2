import HTTPTypes
import NIOCore
import NIOHTTP1

/// Holds a connection to HTTP/1.1's rules, in front of routes and of Hummingbird (RFC 9110, RFC 9112).
///
/// Refuses a head that breaks them, with a body of ours; frames each answer as its request allows (no body for HEAD, no
/// chunks for HTTP/1.0); and ends the connection after the last answer: its own half at once, the rest when the peer ends its
/// half, or after a second.
final class HTTPManners: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// For a peer that reads the last answer and then ends the connection. A peer that does neither loses the answer.
    static let lingering = TimeAmount.seconds(1)

    private enum Phase {
        case taking
        /// The last request's head has come: it is handed on to its end, and nothing after it.
        case takingLast
        /// What comes is not read; answers still go out.
        case answering
        case ended
    }

    private let progress: ConnectionProgress
    private let refused: @Sendable (APIError, _ uuid: String) -> Void
    private var phase = Phase.taking
    /// Of the last request.
    private var host: String?
    /// Handed on and not answered, the oldest first.
    private var open = CircularBuffer<RequestManners>(initialCapacity: 2)
    /// To be told once earlier requests are answered.
    private var refusal: (error: APIError, isHead: Bool)?
    private var lingering: Scheduled<Void>?

    /// - Parameter refused: hears of each request that is refused here, for metrics and the log.
    init(_ progress: ConnectionProgress, refused: @escaping @Sendable (APIError, _ uuid: String) -> Void) {
        self.progress = progress
        self.refused = refused
    }

    func handlerRemoved(context: ChannelHandlerContext) { lingering?.cancel() }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard case .taking = phase else { return }
            do throws(APIError) {
                let manners = try RequestManners(head, knownHost: host)
                host = manners.host
                if manners.isLast { phase = .takingLast }
                open.append(manners)
                progress.beganRequest(bodyBytes: manners.bodyBytes, at: context.eventLoop.now)
            } catch {
                return refuse(error, isHead: head.method == .HEAD, context)
            }
        case .body(let bytes):
            guard progress.isReading else { return }
            progress.received(bodyBytes: bytes.readableBytes)
            // A peer that doesn't wait needs no word to go on.
            if !open.isEmpty { open[open.index(before: open.endIndex)].awaitsContinue = false }
        case .end:
            guard progress.isReading else { return }
            progress.endedRequest(at: context.eventLoop.now)
            if case .takingLast = phase { phase = .answering }
        }
        context.fireChannelRead(data)
    }

    /// Bytes that are no HTTP. Where a request is cut off by them, its handler must hear it, or it would take what came for
    /// the whole; the answer that it gives is the last.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let broken = error as? HTTPParserError else {
            if case ByteToMessageDecoderError.dataReceivedInErrorState = error { return }
            return context.fireErrorCaught(error)
        }
        guard case .taking = phase, !progress.isReading else {
            let isUnanswered = progress.isReading && !open.isEmpty
            if isUnanswered { open[open.index(before: open.endIndex)].isLast = true }
            guard progress.isReading else { return }
            phase = .answering
            context.fireErrorCaught(error)
            if open.isEmpty { end(context) }
            return
        }
        guard context.channel.isActive else { return }
        refuse(APIError(broken, firstLineBytes: progress.firstLine.bytes), isHead: false, context)
    }

    private func refuse(_ error: APIError, isHead: Bool, _ context: ChannelHandlerContext) {
        phase = .answering
        refusal = (error, isHead)
        if open.isEmpty { writeRefusal(context) }
    }

    private func writeRefusal(_ context: ChannelHandlerContext) {
        guard let (error, isHead) = refusal else { return }
        refusal = nil
        let (body, uuid) = error.bodyOfItsOwn()
        var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: error.status.code))
        head.headers.add(name: "content-type", value: "application/json")
        head.headers.add(name: "content-length", value: "\(body.count)")
        head.headers.add(name: "connection", value: "close")
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !isHead { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil) }
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        refused(error, uuid)
        end(context)
    }

    // MARK: - Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let request = open.first else {
            // To no request: Hummingbird's own word on bytes that were refused here already.
            promise?.succeed()
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head) where (100..<200).contains(head.status.code):
            guard request.awaitsContinue else {
                promise?.succeed()
                return
            }
            open[open.startIndex].awaitsContinue = false
            context.write(data, promise: promise)
        case .head(var head):
            // A peer that was not told to send its body may send it or not: only a new connection is sure.
            if request.awaitsContinue { last(isReading: progress.isReading) }
            let isLast = open[open.startIndex].isLast
            if !isLast, Self.isFramed(head, request) { return context.write(data, promise: promise) }
            if isLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
            Self.frame(&head, request)
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            if request.isHead { promise?.succeed() } else { context.write(data, promise: promise) }
        case .end:
            context.write(request.isHead ? wrapOutboundOut(.end(nil)) : data, promise: promise)
            let isLast = open.removeFirst().isLast
            progress.answered(at: context.eventLoop.now)
            if isLast { end(context) } else if open.isEmpty { writeRefusal(context) }
        }
    }

    private func last(isReading: Bool) {
        open[open.startIndex].isLast = true
        phase = isReading ? .takingLast : .answering
    }

    /// Nearly every answer: of a known length, and nothing to change about its head, which is not copied then.
    private static func isFramed(_ head: HTTPResponseHead, _ request: RequestManners) -> Bool {
        head.status.mayHaveResponseBody && head.headers.contains(name: "content-length")
            && !head.headers.contains(name: "transfer-encoding")
    }

    /// Where an answer ends: its length, or chunks, or the connection's end.
    private static func frame(_ head: inout HTTPResponseHead, _ request: RequestManners) {
        guard head.status.mayHaveResponseBody else {
            head.headers.remove(name: "content-length")
            head.headers.remove(name: "transfer-encoding")
            return
        }
        let isSized = head.headers.contains(name: "content-length")
        if isSized || request.isHead || request.isHTTP10 {
            head.headers.remove(name: "transfer-encoding")
        } else {
            head.headers.replaceOrAdd(name: "transfer-encoding", value: "chunked")
        }
    }

    // MARK: - The end

    private func end(_ context: ChannelHandlerContext) {
        phase = .ended
        progress.isEnding = true
        context.flush()
        context.close(mode: .output, promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .outputClosed, lingering == nil {
            lingering = context.eventLoop.assumeIsolated().scheduleTask(in: Self.lingering) {
                context.close(promise: nil)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }
}

extension APIError {
    /// What the parser found.
    fileprivate init(_ error: HTTPParserError, firstLineBytes: Int) {
        switch error {
        case .headerOverflow where firstLineBytes > RequestManners.targetBytesMax: self = .targetTooLong
        case .headerOverflow:
            self.init(.requestHeaderFieldsTooLarge, "The request's headers are too many or too long.")
        case .invalidVersion:
            self.init(.httpVersionNotSupported, "HTTP/1.1 is spoken here.")
        case _:
            self.init(.badRequest, "The request is not HTTP/1.1 as RFC 9112 has it.")
        }
    }

    /// For a connection whose request reached no route: in the words of the REST interfaces (G-002).
    fileprivate func bodyOfItsOwn() -> (body: [UInt8], uuid: String) {
        let uuid = Self.uuid(ofRequest: RequestReference.drawn())
        return (errorBody(uuid: uuid), uuid)
    }
}
