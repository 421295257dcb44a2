import NIOCore

/// Hands a connection's bytes on to the parser so that one request at a time is understood and answered.
///
/// A request of 26 bytes costs a kilobyte once it is parsed, so a peer that sends thousands at once and reads no answer would
/// hold megabytes. Between requests the bytes are handed on in small pieces; the next request waits until the last answer's
/// bytes are gone, and meanwhile nothing is read from the socket.
final class RequestGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = Any
    typealias OutboundOut = Any

    /// Most requests have a head and a body of less: they are handed on whole.
    static let pieceBytes = 2_048
    /// Inside a body whose length is unknown.
    static let chunkedPieceBytes = 4_096

    private let progress: ConnectionProgress
    private var context: ChannelHandlerContext?
    private var held = ByteBuffer()
    private var isHanding = false
    /// A read was asked for while bytes were held.
    private var wantsRead = false
    private var heldInputClosed = false

    init(_ progress: ConnectionProgress) { self.progress = progress }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !progress.isEnding else { return }
        var bytes = unwrapInboundIn(data)
        if held.readableBytes == 0 { held = bytes } else { held.writeBuffer(&bytes) }
        handOn(context)
    }

    func read(context: ChannelHandlerContext) {
        if held.readableBytes > 0, !progress.isEnding { wantsRead = true } else { context.read() }
    }

    /// An answer may have gone out: the next request may come.
    func flush(context: ChannelHandlerContext) {
        context.flush()
        resume()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed, held.readableBytes > 0, !progress.isEnding {
            heldInputClosed = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func resume() {
        guard let context, held.readableBytes > 0, !isHanding else { return }
        if progress.isEnding { return discard(context) }
        let before = held.readableBytes
        handOn(context)
        guard held.readableBytes < before else { return }
        context.fireChannelReadComplete()
        guard held.readableBytes == 0 else { return }
        if heldInputClosed {
            heldInputClosed = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else if wantsRead {
            wantsRead = false
            context.read()
        }
    }

    /// What came after the last request that is answered. The socket is read on, to see its end.
    private func discard(_ context: ChannelHandlerContext) {
        held.clear()
        guard wantsRead else { return }
        wantsRead = false
        context.read()
    }

    private func handOn(_ context: ChannelHandlerContext) {
        guard !isHanding else { return }
        isHanding = true
        defer {
            isHanding = false
            // What is held is let go: the socket's next read uses the same memory again, else it takes new memory each time.
            if held.readableBytes == 0 { held = ByteBuffer() }
        }
        while held.readableBytes > 0, progress.takesMore {
            guard !progress.isEnding else { return held.clear() }
            guard let piece = held.readSlice(length: min(held.readableBytes, pieceBytes)) else { return }
            let marks = progress.marks
            if !progress.isReading { progress.firstLine.add(piece) }
            context.fireChannelRead(wrapInboundOut(piece))
            if progress.marks != marks { progress.firstLine = FirstLine() }
        }
    }

    /// Bytes that surely belong to one body go on as they came.
    private var pieceBytes: Int {
        guard progress.isReading else { return Self.pieceBytes }
        return progress.bodyBytesLeft > 0 ? max(Self.pieceBytes, progress.bodyBytesLeft) : Self.chunkedPieceBytes
    }
}
