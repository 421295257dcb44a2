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
    /// Beyond these, connections wait in the backlog.
    package var connectionsMax = 4_000
    /// More than any contract's headers need.
    package var headerBytesMax = 32 * 1024

    package init(name: String, host: String, port: Int) {
        self.name = name
        self.host = host
        self.port = port
    }

    var channel: HTTP1Channel.Configuration {
        .init(
            additionalChannelHandlers: [RequestDeadline(requestTimeout)],
            idleTimeout: idleTimeout,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: headerBytesMax,
                maxHeaderListSize: headerBytesMax,
                maxHeaderFieldCount: 100
            )
        )
    }

    func application(logger: Logger) -> ApplicationConfiguration {
        ApplicationConfiguration(
            address: .hostname(host, port: port),
            availableConnectionsDelegate: MaximumAvailableConnections(connectionsMax, logger: logger)
        )
    }
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
        return Application(
            router: router,
            server: HTTPServerBuilder { [channel = configuration.channel, memory = measuredMemory] responder in
                OnItsEventLoop(
                    base: RememberingChannel(
                        base: HTTP1Channel(responder: responder, configuration: channel),
                        memory: memory
                    )
                )
            },
            configuration: configuration.application(logger: logger),
            onServerRunning: { await onRunning($0.localAddress?.port ?? 0) },
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
