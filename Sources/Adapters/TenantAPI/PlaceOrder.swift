import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

extension TenantAPI {
    /// `POST /v1/service-orders`: a tenant orders a line, or has one changed or ended (F-010, F-020, G-053, G-054).
    ///
    /// Answers 201 once the order, the use of its reservation and the message to the supplier are durable together.
    @Sendable func placeOrder(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve(
            "POST /service-orders",
            .orders,
            request,
            context,
            rejectStatus: { .init(code: $0.rejectStatus) }
        ) { call in
            let (understood, warnings) = try call.read(rejectStatus: call.orderRejectStatus) { reader, reading in
                try OrderReading(
                    reader: reader,
                    reading: reading,
                    terms: call.terms,
                    suppliers: suppliers,
                    today: LondonTime.day(at: exchange.time.now())
                ).order()
            }
            let wanted = try await exchange.completed(understood)
            let encoded = EncodedOnce(wrappedValue: wanted)
            try StoredJSON.encodeAhead(encoded)
            let id = try await exchange.draw(ServiceOrder.self)
            return try await answerOnce(call, "PlaceOrder", status: 201, warnings: warnings) { change in
                var visit: BookedVisit?
                if let reservation = wanted.reservation, let purpose = wanted.visitPurpose {
                    let user = EntityRef(kind: .serviceOrder, number: id.number)
                    visit = try change.use(reservation, by: user, of: wanted.supplier, for: purpose, call.owner)
                }
                return try change.place(id, encoded, visit: visit, below: "/v1/service-orders", call)
            }
        }
    }

    static let readOrderName = "GET /service-orders/{id}"

    /// Circuits have a path of their own (F-040).
    static let isServiceOrder: @Sendable (ServiceOrder) -> Bool = { $0.request.type != .ethernet }

    /// `GET /v1/service-orders/{id}`: the order as it is, with its updates (F-011).
    @Sendable func readOrder(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await read(
            Self.readOrderName,
            ServiceOrder.self,
            request,
            context,
            where: Self.isServiceOrder,
            OrderView.json
        )
    }
}

extension Change {
    /// Founds the order, and promises that it can be read below `path`.
    mutating func place(
        _ id: ID<ServiceOrder>,
        _ wanted: EncodedOnce<OrderRequest>,
        visit: BookedVisit? = nil,
        below path: String,
        _ call: TenantCall
    ) throws -> TenantAPI.Promise {
        let (order, effects) = try ServiceOrder.place(
            id,
            wanted,
            visit: visit,
            for: call.tenant,
            in: call.conversation,
            at: now
        )
        let placed = try found(order, effects)
        return TenantAPI.Promise(entity: placed.ref, view: OrderView.json(placed), location: "\(path)/\(id)")
    }

    /// Takes a reservation for an order or a problem, in the same commit (decision 2).
    ///
    /// One that isn't the tenant's is refused in the same words as one that cannot be used (decision 37).
    mutating func use(
        _ id: ID<Reservation>,
        by user: EntityRef,
        of supplier: SupplierID,
        for purpose: AppointmentPurpose,
        _ owner: Owner
    ) throws -> BookedVisit {
        guard var reservation = try find(id, of: owner) else { throw Reservation.unusable }
        let (visit, _) = try reservation.use(by: user, of: supplier, for: purpose, at: now)
        try decide(id, of: owner) { reservation, now in
            try reservation.use(by: user, of: supplier, for: purpose, at: now).1
        }
        return visit
    }
}
