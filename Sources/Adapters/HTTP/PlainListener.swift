import Engine
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// How a listener guards itself, and what it tells.
package struct ListenerConfiguration: Sendable {
    package var name: String
    package var host: String
    /// 0 for one that the system picks.
    package var port: Int
    /// A connection on which nothing happens is a socket lost.
    package var idleTimeout: TimeAmount = .seconds(60)
    /// From a request's head to the end of its body, besides the time that the body takes at half a megabit a second: room
    /// for a connection that stalls once and comes back.
    package var requestTimeout: TimeAmount = .seconds(20)
    /// What a request is told whose body does not arrive in time, in the words of its interface; `nil`: 408 and a line of text.
    package var late: @Sendable (HTTPRequest) -> ByteResponse? = { _ in nil }
    package var limits = ConnectionLimits()
    /// More than any contract's headers need.
    package var headerBytesMax = 32 * 1024

    package init(name: String, host: String, port: Int) {
        self.name = name
        self.host = host
        self.port = port
    }

    /// - Parameter exempt: sources with more than one source's share of the connections (``ConnectionLimits/exempt``).
    package init(name: String, host: String, port: Int, exempt: [AddressRange]) {
        self.init(name: name, host: host, port: port)
        limits.exempt = exempt
    }

    /// A program has two listeners; a quarter of its files is for databases and calls.
    func limiter(logger: Logger) -> ConnectionLimiter {
        var limits = limits
        limits.connectionsMax = max(10, min(limits.connectionsMax, OpenFiles.max / 8 * 3))
        return ConnectionLimiter(limits, listener: name, logger: logger)
    }

    func application(_ limiter: ConnectionLimiter, logger: Logger) -> ApplicationConfiguration {
        ApplicationConfiguration(
            address: .hostname(host, port: port),
            // Connections that come at once wait here for their accept, not a second for TCP's next try.
            backlog: 4_096,
            // Those that are being closed for new ones are still there for a moment.
            availableConnectionsDelegate: MaximumAvailableConnections(
                limiter.limits.connectionsMax + Self.closingMax,
                logger: logger
            )
        )
    }

    private static let closingMax = 512
}

/// The listener without TLS: tokens, the REST interfaces, health. In the open internet it stands behind a proxy.
package struct PlainListener {
    package let router: Router<BasicContext>
    /// What is answered without a task where that is possible.
    package var memory: Memory?
    private let metrics: RequestMetrics
    private let configuration: ListenerConfiguration
    private let logger: Logger

    /// - Parameter uncounted: paths whose requests are no work of the house: the sandbox's controls.
    package init(
        _ configuration: ListenerConfiguration,
        activity: Activity,
        uncounted: @escaping @Sendable (String) -> Bool = { $0.hasPrefix("/sandbox") },
        logger: Logger
    ) {
        metrics = RequestMetrics(listener: configuration.name)
        router = .edge(metrics, activity: activity, uncounted: uncounted)
        self.configuration = configuration
        self.logger = logger
    }

    /// The service to run, once all routes are in the table. `onRunning` hears the port once it accepts.
    package func application(
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> Application<RouterResponder<BasicContext>> {
        router.refuseOtherMethods()
        let limiter = configuration.limiter(logger: logger)
        return Application(
            router: router,
            server: HTTPServerBuilder { [configuration, metrics, logger, memory = measuredMemory] responder in
                OnItsEventLoop(
                    base: RememberingChannel(
                        base: HTTPConnections(
                            configuration,
                            limiter: limiter,
                            refused: { metrics.recordRefusal($0, uuid: $1, logger) },
                            responder: responder
                        ),
                        memory: memory
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

extension PlainListener {
    /// Not counted as open: it is answered before anybody could ask, and what it causes is counted by itself.
    private var measuredMemory: (@Sendable (Request) -> ByteResponse?)? {
        guard let memory else { return nil }
        return { [metrics, logger] request in
            let began = ContinuousClock.now
            guard let answer = memory.answer(request) else { return nil }
            metrics.record(request, answer.status, on: memory.route, since: began, logger)
            return answer
        }
    }
}

extension Router where Context == BasicContext {
    /// A table with what every listener does around its routes.
    static func edge(
        _ metrics: RequestMetrics,
        activity: Activity,
        uncounted: @escaping @Sendable (String) -> Bool = { _ in false }
    ) -> Router<BasicContext> {
        let router = Router(context: BasicContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: CountOpenRequests(activity: activity, uncounted: uncounted))
        router.add(middleware: metrics)
        router.add(middleware: AnswerErrors())
        router.add(middleware: RefuseEmptyPathParts())
        return router
    }

    /// Those that anybody might try.
    private static var methods: [HTTPRequest.Method] {
        [.get, .post, .put, .patch, .delete, .options, .head, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)
    }

    /// Once all routes are there: a path that exists answers other methods with 405 and what it allows (decision 38).
    package func refuseOtherMethods() {
        var methods: [String: (path: RouterPath, allowed: [HTTPRequest.Method])] = [:]
        for route in routes { methods[route.path.description, default: (route.path, [])].allowed.append(route.method) }
        for (path, allowed) in methods.values {
            let named = allowed.map(\.rawValue) + (allowed.contains(.get) ? ["HEAD"] : [])
            let refusal = APIError(
                .methodNotAllowed,
                "This path allows \(named.joined(separator: ", ")).",
                headers: [.allow: named.joined(separator: ", ")]
            )
            for method in Self.methods where !named.contains(method.rawValue) {
                on(path, method: method) { _, _ -> Response in throw refusal }
            }
        }
    }
}
