import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// The gateway's Supplier Updates API, `/supplier/v1`: what suppliers say of a tenant's orders, tests and
/// problems (G-092).
///
/// The contract's other direction. 204 once the news is durable; the same news again changes nothing and gets 204
/// again. What it is about is found by the gateway's number or the supplier's reference, and must be that supplier's.
package struct SupplierUpdates: Sendable {
    let exchange: Exchange
    let logger: Logger

    package init(exchange: Exchange, logger: Logger) {
        self.exchange = exchange
        self.logger = logger
    }

    package func addRoutes(to routes: RouterGroup<SupplierContext>) {
        routes.post("kcis", use: receive)
    }

    /// `POST /kcis`.
    @Sendable func receive(request: Request, context: SupplierContext) async throws -> ByteResponse {
        let body = try await RequestBody.collect(request, mediaTypes: ["application/json"])
        let supplier = context.supplier
        let by = "supplier/\(supplier)"
        let now = exchange.time.now()
        var message = LoggedMessage.inbound(
            request,
            body: body,
            from: by,
            to: "gateway",
            contract: "supplier-updates",
            operation: "POST /kcis",
            at: now
        )
        do {
            let (_, unknown) = try FilterReader.lenient(request, knows: [])
            message.warnings = GatewayWarning.first(unknown)
            let resolution = try await exchange.draw(Resolution.self, from: "resolution")
            let update = try ReceivedUpdate(reading: body, resolution: resolution, at: now)
            message.operation = "KCI \(update.news.reason.rawValue)"
            message.messageID = update.news.message.rawValue
            message.status = 204
            message.warnings += update.warnings
            let known = message
            let conversation = context.headers.conversationID
            let fresh = try await update.created == nil ? nil : exchange.draw(ServiceOrder.self)
            try await exchange.change(Cause("supplier update \(update.news.reason.rawValue)", by: by)) {
                [directory = exchange.directory] change in
                if let fresh, let created = update.created,
                    let order = try created.found(
                        as: fresh,
                        update.news,
                        by: supplier,
                        in: conversation,
                        directory,
                        &change
                    )
                {
                    return try change.log(known, about: order)
                }
                let target = try update.target(of: supplier, in: change)
                try change.tell(target)
                try change.log(known, about: target.target)
            }
            var response = ByteResponse(status: .noContent, bytes: [])
            response.headers[.gatewayWarning] = GatewayWarning.text(unknown)
            return response
        } catch {
            guard let refusal = APIError(supplierAPI: error) else { throw error }
            message.status = refusal.status.code
            message.verdict = "refused: \(refusal.code.rawValue)"
            message.warnings += refusal.problems.map { "\($0.pointer) \($0.message)" }
            try await exchange.log(message)
            throw refusal
        }
    }
}
