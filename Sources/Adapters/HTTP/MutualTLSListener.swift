import Engine
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The listener with client certificates: ticketing, installation, notifications to us as a buyer (T-003, I-001).
package struct MutualTLSListener {
    package let router: Router<BasicContext>
    private let metrics: RequestMetrics
    private let configuration: ListenerConfiguration
    private let tls: ReloadableTLS
    private let realTime: TimeSource
    private let allows: @Sendable (SocketAddress?) -> Bool
    private let logger: Logger

    /// - Parameters:
    ///   - realTime: certificates age in real time, whatever the product's clock says (decision 19).
    ///   - allows: whether any party at all may come from an address; asked before the handshake.
    package init(
        _ configuration: ListenerConfiguration,
        tls: ReloadableTLS,
        realTime: TimeSource = .real,
        allows: @escaping @Sendable (SocketAddress?) -> Bool,
        activity: Activity,
        logger: Logger
    ) {
        metrics = RequestMetrics(listener: configuration.name)
        router = .edge(metrics, activity: activity)
        self.configuration = configuration
        self.tls = tls
        self.realTime = realTime
        self.allows = allows
        self.logger = logger
    }

    package func application(
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> Application<RouterResponder<BasicContext>> {
        router.refuseOtherMethods()
        let limiter = configuration.limiter(logger: logger)
        return Application(
            router: router,
            server: HTTPServerBuilder { [configuration, metrics, logger, tls, realTime, allows] responder in
                OnItsEventLoop(
                    base: MutualTLSChannel(
                        base: HTTPConnections(
                            configuration,
                            limiter: limiter,
                            refused: { metrics.recordRefusal($0, uuid: $1, logger) },
                            responder: responder
                        ),
                        tls: tls,
                        realTime: realTime,
                        allows: allows
                    )
                )
            },
            configuration: configuration.application(limiter, logger: logger),
            onServerRunning: { [logger] listener in
                await limiter.guardAccepts(of: listener, logger: logger)
                await onRunning(listener.localAddress?.port ?? 0)
            },
            logger: logger
        )
    }
}
