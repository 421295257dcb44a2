import Engine
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import Synchronization

/// Counts and times requests by listener, route and class of status, and logs each at debug: who, what, how long,
/// never what it said.
struct RequestMetrics: RouterMiddleware {
    typealias Context = BasicContext

    private let meters: RequestMeters

    init(listener: String) { meters = RequestMeters(listener: listener) }

    func handle(
        _ request: Request,
        context: BasicContext,
        next: (Request, BasicContext) async throws -> Response
    ) async throws -> Response {
        let began = ContinuousClock.now
        let response = try await next(request, context)
        record(request, response.status, on: context.endpointPath ?? "unknown", since: began, context.logger)
        return response
    }

    /// A request that was refused before its route was looked for, because it breaks HTTP's rules.
    func recordRefusal(_ error: APIError, uuid: String, _ logger: Logger) {
        meters.meter(route: "unknown", statusClass: error.status.code / 100).record(seconds: 0)
        logger.debug(
            "request refused before its route",
            metadata: [
                "pb-status": "\(error.status.code)", "pb-uuid": "\(uuid)", "pb-listener": "\(meters.listener)",
            ]
        )
    }

    func record(
        _ request: Request,
        _ status: HTTPResponse.Status,
        on route: String,
        since began: ContinuousClock.Instant,
        _ logger: Logger
    ) {
        let took = (ContinuousClock.now - began).seconds
        meters.meter(route: route, statusClass: status.code / 100).record(seconds: took)
        logger.debug(
            "request",
            metadata: [
                "pb-method": "\(request.method)", "pb-route": "\(route)", "pb-status": "\(status.code)",
                "pb-microseconds": "\(Int(took * 1_000_000))", "pb-listener": "\(meters.listener)",
            ]
        )
    }
}

private final class RequestMeters: Sendable {
    struct Key: Hashable {
        let route: String
        let statusClass: Int
    }

    struct Meter: Sendable {
        let requests: Counter
        let duration: Metrics.Timer

        func record(seconds: Double) {
            requests.increment()
            duration.recordSeconds(seconds)
        }
    }

    let listener: String
    private let meters = Mutex<[Key: Meter]>([:])

    init(listener: String) { self.listener = listener }

    /// Bounded, for a route is a pattern of the table and never a caller's path.
    func meter(route: String, statusClass: Int) -> Meter {
        meters.withLock { meters in
            let key = Key(route: route, statusClass: statusClass)
            if let meter = meters[key] { return meter }
            let labels = [("listener", listener), ("route", route), ("status", "\(statusClass)xx")]
            let meter = Meter(
                requests: Counter(label: "http_requests_total", dimensions: labels),
                duration: Metrics.Timer(label: "http_request_duration_seconds", dimensions: labels)
            )
            meters[key] = meter
            return meter
        }
    }
}
