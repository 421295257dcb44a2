import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// What those who run the house look at: `/health/live`, `/health/ready`, `/metrics`, `/version`.
///
/// Without credentials, and so without anything of anybody's: numbers and yes or no.
package struct Operations: Sendable {
    private let exchange: Exchange
    private let activity: Activity
    private let metrics: PrometheusMetrics
    private let beforeMetrics: @Sendable () -> Void
    private let version: String
    private let logger: Logger

    /// - Parameter beforeMetrics: sets gauges that are set whenever metrics are read.
    package init(
        exchange: Exchange,
        activity: Activity,
        metrics: PrometheusMetrics,
        beforeMetrics: @escaping @Sendable () -> Void = {},
        version: String,
        logger: Logger
    ) {
        self.exchange = exchange
        self.activity = activity
        self.metrics = metrics
        self.beforeMetrics = beforeMetrics
        self.version = version
        self.logger = logger
    }

    /// - Parameter apart: the routes of a listener of its own for metrics; `nil`: they are with the others.
    package func addRoutes(to router: Router<BasicContext>, metricsOn apart: Router<BasicContext>? = nil) {
        for router in [router, apart].compactMap(\.self) {
            router.get("health/live", use: live)
            router.get("health/ready", use: ready)
            router.get("version", use: readVersion)
        }
        (apart ?? router).get("metrics", use: readMetrics)
        // Named by the interface, built by a later version: absent with a body that says so.
        router.get("console") { request, _ -> ByteResponse in
            throw APIError.notImplemented("GET \(request.uri.path)")
        }
    }

    /// The process turns; nothing else is asked, or a slow disk would have it restarted.
    @Sendable private func live(request: Request, context: BasicContext) -> ByteResponse { answer(.ok, "live") }

    /// Whether it can do what it promises: the store can be written and read. If not, the body has the reason.
    @Sendable private func ready(request: Request, context: BasicContext) async -> ByteResponse {
        do {
            try await exchange.store.probe()
            return answer(.ok, "ready")
        } catch {
            logger.warning("not ready: the store does not answer", metadata: ["pb-error": "\(error)"])
            let reason = StoreUnavailable(error)?.summary ?? "the store does not answer"
            return answer(.serviceUnavailable, "store", reason: reason)
        }
    }

    @Sendable private func readVersion(request: Request, context: BasicContext) -> ByteResponse {
        ByteResponse(bytes: JSONWriter.bytes { json in json.object { $0.field("version", version) } })
    }

    @Sendable private func readMetrics(request: Request, context: BasicContext) async throws -> ByteResponse {
        beforeMetrics()
        let now = exchange.time.now()
        let (backlog, due) = try await exchange.read { (try $0.backlog(), try $0.dueCount(at: now)) }
        let oldest = backlog.oldestQueued.map { max(0, now.timeIntervalSince($0)) } ?? 0
        var gauges: [(String, Double)] = [
            ("pb_outbox_queued", Double(backlog.queued)),
            ("pb_outbox_parked", Double(backlog.parked)),
            ("pb_outbox_oldest_seconds", oldest),
            ("pb_lanes_due", Double(due.lanes)),
            ("pb_timers_armed", Double(backlog.timers)),
            ("pb_timers_due", Double(due.timers)),
            ("pb_requests_open", Double(activity.requests)),
            ("pb_deliveries_in_flight", Double(activity.deliveries)),
        ]
        if let bytes = exchange.store.writeAheadLogBytes { gauges.append(("pb_wal_bytes", Double(bytes))) }
        let text = metrics.text + gauges.map { "# TYPE \($0.0) gauge\n\($0.0) \($0.1)\n" }.joined()
        return ByteResponse(contentType: "text/plain; version=0.0.4; charset=utf-8", bytes: Array(text.utf8))
    }

    private func answer(_ status: HTTPResponse.Status, _ word: String, reason: String? = nil) -> ByteResponse {
        ByteResponse(
            status: status,
            bytes: JSONWriter.bytes { json in
                json.object { json in
                    json.field("status", word)
                    json.field("reason", reason)
                }
            }
        )
    }
}
