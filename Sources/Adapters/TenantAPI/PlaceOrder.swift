import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension TenantAPI {
    /// `POST /v1/service-orders`: a tenant orders a line (F-010, F-020).
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
            let (wanted, warnings) = try call.read(rejectStatus: call.orderRejectStatus) { reader, reading in
                try understandOrder(reader, reading, call)
            }
            let id = try await exchange.draw(ServiceOrder.self)
            return try await answerOnce(call, "PlaceOrder", status: 201, warnings: warnings) { change in
                var visit: BookedVisit?
                if let reservation = wanted.reservation {
                    let user = EntityRef(kind: .serviceOrder, number: id.number)
                    visit = try change.use(reservation, by: user, of: wanted.supplier, for: .provide, call.owner)
                }
                let (order, effects) = try ServiceOrder.place(
                    id,
                    wanted,
                    visit: visit,
                    for: call.tenant,
                    in: call.conversation,
                    at: change.now
                )
                let placed = try change.found(order, effects)
                return Promise(
                    entity: placed.ref,
                    view: OrderView.json(placed),
                    location: "/v1/service-orders/\(id)"
                )
            }
        }
    }

    /// `GET /v1/service-orders/{id}`: the order as it is, with its updates (F-011).
    @Sendable func readOrder(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await read("GET /service-orders/{id}", ServiceOrder.self, request, context, OrderView.json)
    }

    private func understandOrder(
        _ reader: ObjectReader,
        _ reading: TenantReading,
        _ call: TenantCall
    ) throws -> OrderRequest? {
        let type = try orderType(reader)
        let supplier = reader.supplier(of: call.terms, among: suppliers)
        let address = reader.address("address", reading)
        let item = reader.requiredObject("serviceOrderItem")
        let specification = item?.specification(reading)
        let characteristics = item?.characteristics("serviceCharacteristics", atLeast: 0, reading)
        reading.close(item)
        let primaryContact = reader.contact("primaryContact", reading)
        let secondaryContact = reader.optionalContact("secondaryContact", reading)
        let reservation = reader.id("appointmentReservationId", of: Reservation.self)
        let completion = reader.day("requestedCompletionDate")
        let tasks = reader.engineerTasks()
        let site = reader.site()
        if let completion, completion < LondonTime.day(at: exchange.time.now()) {
            reader.report(.outOfRange, "requestedCompletionDate", "is in the past")
        }
        if reservation != nil, completion != nil {
            // both are allowed.
            reading.warn("requestedCompletionDate is ignored: the appointment decides")
        }
        guard let type, let supplier, let address, let specification, let characteristics, let primaryContact else {
            return nil
        }
        guard supplier.contracts[.orders] != nil else {
            throw Rejection(.notOffered, "\(supplier.id) takes no orders.")
        }
        return OrderRequest(
            type: type,
            supplier: supplier.id,
            address: address,
            specification: specification,
            characteristics: characteristics,
            primaryContact: primaryContact,
            secondaryContact: secondaryContact,
            reservation: reservation,
            requestedCompletionDate: completion,
            engineerTasks: tasks,
            site: site
        )
    }

    /// NEW; the other types that the contract has are not there yet (501), one that it hasn't is reported, and the
    /// rest is checked as a provide order's (decision 38).
    private func orderType(_ reader: ObjectReader) throws -> ProvideType? {
        let known = ProvideType.allCases.map(\.rawValue) + ["CEASE", "MODIFY"]
        guard let name = reader.requiredChoice("orderType", from: known) else { return nil }
        guard name == ProvideType.new.rawValue else { throw APIError.notImplemented("An order of type \(name)") }
        return .new
    }
}

extension Change {
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
