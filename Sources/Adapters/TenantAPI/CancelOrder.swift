import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird

extension TenantAPI {
    /// `POST /v1/service-order-cancellations`: a tenant withdraws an order that is under way (F-013, F-032).
    ///
    /// One that never left the house is cancelled here and now (decision 10); else the supplier decides.
    @Sendable func cancelOrder(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve(
            "POST /service-order-cancellations",
            .orders,
            request,
            context,
            rejectStatus: { .init(code: $0.rejectStatus) }
        ) { call in
            let order = try await orderNamed(in: call)
            let (wanted, warnings) = try call.read(rejectStatus: call.orderRejectStatus) { reader, reading in
                CancellationReading(reader: reader, reading: reading, order: order).cancellation()
            }
            let id = try await exchange.draw(ChangeRequest.self)
            return try await answerOnce(call, "CancelOrder", status: 201, warnings: warnings) { change in
                let isSent = try change.hasLeft(wanted.order.id)
                let order = try change.decide(wanted.order.id, of: call.owner) { order, now in
                    try order.cancel(id, because: wanted.reason, isSent: isSent, at: now)
                }
                let content = ChangeRequest.Content.cancellation(reason: wanted.reason, text: wanted.text)
                return try Self.found(id, content, about: order, call, &change)
            }
        }
    }

    /// `GET /v1/service-order-cancellations/{id}` (G-061).
    @Sendable func readCancellation(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await readRequest("GET /service-order-cancellations/{id}", request, context) { $0.isCancellation }
    }
}
