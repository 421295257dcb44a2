import NIOCore

/// Watches a connection at its socket: closes one whose first head does not come in time, or whose peer takes nothing of
/// its answer, and keeps account of the bytes that were not taken.
///
/// It stands in front of TLS, so a handshake counts, and a connection is closed without TLS's farewell, which its peer
/// might never answer.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias InboundOut = Any
    typealias OutboundIn = Any
    typealias OutboundOut = ByteBuffer

    private let progress: ConnectionProgress
    private let limiter: ConnectionLimiter
    private let unsent: (ChannelHandlerContext) -> Int
    private var context: ChannelHandlerContext?
    private var firstHead: Scheduled<Void>?
    private var stall: Scheduled<Void>?
    /// When bytes of an answer were last taken.
    private var lastTaken = NIODeadline.uptimeNanoseconds(0)
    private var waitsForDrain = false
    /// Called when all bytes of the answers so far are gone, but not in the midst of a write.
    var onDrained: () -> Void = {}

    /// - Parameter unsent: the bytes that were written and not taken by the system.
    init(
        _ progress: ConnectionProgress,
        _ limiter: ConnectionLimiter,
        unsent: @escaping (ChannelHandlerContext) -> Int = ConnectionWatch.bufferedBytes
    ) {
        self.progress = progress
        self.limiter = limiter
        self.unsent = unsent
    }

    private static func bufferedBytes(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        firstHead = context.eventLoop.assumeIsolated().scheduleTask(in: limiter.limits.firstHeadTimeout) {
            if !self.progress.hasHead { self.close(.firstHead) }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        firstHead?.cancel()
        stall?.cancel()
        onDrained = {}
        self.context = nil
    }

    /// At once, whatever stands behind.
    func close(_ ending: ConnectionStanding.Ending) {
        guard let context else { return }
        limiter.count(ending)
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What is sent instead of reading the answer is no progress.
        if progress.unsentBytes == 0 { progress.moved(at: context.eventLoop.now) }
        context.fireChannelRead(data)
        if progress.hasHead, let alarm = firstHead {
            alarm.cancel()
            firstHead = nil
        }
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        measure(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        // It turns writable only because bytes were taken.
        if context.channel.isWritable { lastTaken = context.eventLoop.now }
        measure(context)
        context.fireChannelWritabilityChanged()
    }

    private func measure(_ context: ChannelHandlerContext) {
        let (before, bytes, now) = (progress.unsentBytes, unsent(context), context.eventLoop.now)
        guard bytes != before else { return }
        if bytes < before || before == 0 { lastTaken = now }
        progress.set(unsentBytes: bytes, at: now)
        limiter.report(unsent: bytes, of: progress.standing)
        guard bytes > 0 else { return }
        if stall == nil { armStall(context) }
        if !waitsForDrain { waitForDrain(context) }
    }

    /// An empty write is done when all that was written before it is gone.
    private func waitForDrain(_ context: ChannelHandlerContext) {
        waitsForDrain = true
        let gone = context.eventLoop.makePromise(of: Void.self)
        gone.futureResult.assumeIsolated().whenComplete { _ in
            self.waitsForDrain = false
            guard let context = self.context, context.channel.isActive else { return }
            self.measure(context)
            if self.progress.unsentBytes == 0 { self.onDrained() }
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: gone)
    }

    private func armStall(_ context: ChannelHandlerContext) {
        // Looks more often than the limit, because progress between two looks is seen only by the bytes.
        let interval = TimeAmount.nanoseconds(max(1, limiter.limits.stallTimeout.nanoseconds / 6))
        stall = context.eventLoop.assumeIsolated().scheduleTask(in: interval) {
            self.stall = nil
            guard let context = self.context else { return }
            self.measure(context)
            guard self.progress.unsentBytes > 0 else { return }
            if context.eventLoop.now - self.lastTaken >= self.limiter.limits.stallTimeout {
                self.close(.stalled)
            } else {
                self.armStall(context)
            }
        }
    }
}
