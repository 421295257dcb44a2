import Glibc
import Logging
import NIOCore

/// Lets a listener outlive an accept that fails: without it, one moment without a free file descriptor ends the listener, and
/// the program with it.
///
/// While the system has no room for another connection, the quietest one is closed, and the next accept waits a moment.
final class AcceptErrors: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias InboundOut = Any
    typealias OutboundIn = Any
    typealias OutboundOut = Any

    /// Long enough for a closed connection to be gone; a newcomer hardly notices.
    static let pause = TimeAmount.milliseconds(50)

    private let limiter: ConnectionLimiter
    private let logger: Logger
    private var isPausing = false
    private var wantsRead = false
    private var hasLogged = false

    init(_ limiter: ConnectionLimiter, logger: Logger) {
        self.limiter = limiter
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let failure = error as? IOError, Self.passing.contains(failure.errnoCode) else {
            // The system closes the listener for any other error: the program must know.
            return context.fireErrorCaught(error)
        }
        guard failure.errnoCode != ECONNABORTED else { return }
        limiter.makeRoom()
        if !hasLogged {
            hasLogged = true
            logger.error(
                "no file descriptor is free for another connection; raise the limit of open files (LimitNOFILE, ulimit -n)",
                metadata: ["pb-errno": "\(failure.errnoCode)"]
            )
        }
        guard !isPausing else { return }
        isPausing = true
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.isPausing = false
            guard self.wantsRead else { return }
            self.wantsRead = false
            context.read()
        }
    }

    func read(context: ChannelHandlerContext) {
        if isPausing { wantsRead = true } else { context.read() }
    }

    /// Those for which NIO keeps the listener open.
    private static let passing: Set<CInt> = [ECONNABORTED, EMFILE, ENFILE, ENOBUFS, ENOMEM]
}

extension ConnectionLimiter {
    /// For a listener that has just begun to accept.
    func guardAccepts(of listener: any Channel, logger: Logger) async {
        try? await listener.eventLoop.submit {
            try listener.pipeline.syncOperations.addHandler(AcceptErrors(self, logger: logger), position: .first)
        }.get()
    }
}
