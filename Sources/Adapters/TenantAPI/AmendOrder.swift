import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

extension TenantAPI {
    /// `POST /v1/service-order-amendments`: a tenant changes an order that is under way (F-012, F-030, G-056).
    ///
    /// Answers 201 once the request, its order and the message to the supplier are durable together.
    @Sendable func amendOrder(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve(
            "POST /service-order-amendments",
            .orders,
            request,
            context,
            rejectStatus: { .init(code: $0.rejectStatus) }
        ) { call in
            // The order first: its type says what can be amended.
            let order = try await orderNamed(in: call)
            let (wanted, warnings) = try call.read(rejectStatus: call.orderRejectStatus) { reader, reading in
                AmendmentReading(reader: reader, reading: reading, order: order).amendment()
            }
            let id = try await exchange.draw(ChangeRequest.self)
            return try await answerOnce(call, "AmendOrder", status: 201, warnings: warnings) { change in
                var visit: BookedVisit?
                if let reservation = wanted.reservation, let purpose = wanted.order.request.visitPurpose {
                    let user = EntityRef(kind: .changeRequest, number: id.number)
                    let supplier = wanted.order.request.supplier
                    visit = try change.use(reservation, by: user, of: supplier, for: purpose, call.owner)
                }
                let order = try change.decide(wanted.order.id, of: call.owner) { order, now in
                    try order.amend(id, wanted.changes, visit: visit, at: now)
                }
                let content = ChangeRequest.Content.amendment(changes: wanted.changes, visit: visit)
                return try Self.found(id, content, about: order, call, &change)
            }
        }
    }

    /// `GET /v1/service-order-amendments/{id}` (G-061).
    @Sendable func readAmendment(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await readRequest("GET /service-order-amendments/{id}", request, context) { !$0.isCancellation }
    }
}

/// What amendments and cancellations have in common.
extension TenantAPI {
    /// The tenant's order that a body names; `nil` for none, another's, or a body that cannot be read: reported later,
    /// with everything else.
    func orderNamed(in call: TenantCall) async throws -> ServiceOrder? {
        let number = (try? JSONDocument(parsing: call.body))?.root["orderId"]?.integer
        guard let number, number > 0 else { return nil }
        let (id, owner) = (ID<ServiceOrder>(Int64(number)), call.owner)
        let found = try await exchange.find(id)
        return found?.owner == owner ? found : nil
    }

    static func found(
        _ id: ID<ChangeRequest>,
        _ content: ChangeRequest.Content,
        about order: ServiceOrder,
        _ call: TenantCall,
        _ change: inout Change
    ) throws -> Promise {
        let (request, effects) = ChangeRequest.ask(id, about: order, content, in: call.conversation, at: change.now)
        let asked = try change.found(request, effects)
        let name = asked.isCancellation ? "cancellations" : "amendments"
        return Promise(
            entity: asked.ref,
            view: ChangeRequestView.json(asked),
            location: "/v1/service-order-\(name)/\(id)"
        )
    }

    /// One request of the tenant's own; one of the other sort is none.
    func readRequest(
        _ operation: String,
        _ request: Request,
        _ context: TenantContext,
        _ isSought: @escaping @Sendable (ChangeRequest) -> Bool
    ) async throws -> ByteResponse {
        try await read(operation, ChangeRequest.self, request, context, where: isSought, ChangeRequestView.json)
    }
}
