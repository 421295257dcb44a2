import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `POST /service-orders`: a customer orders a line, or has one changed or ended, and the operator takes the order on
    /// at once (G-091: 201).
    ///
    /// The appointment's key is used in the same commit: from then on the visit is agreed (decision 2).
    @Sendable func placeSupplyOrder(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "PlaceSupplyOrder") { asked in
            let wish = try OrderWish(reading: asked.body)
            let id = try await exchange.draw(SupplyOrder.self)
            let cease = try await wish.type.takesFromAnother ? exchange.draw(SupplyOrder.self) : nil
            let (book, partner, pace) = (book, partner, pace())
            return try await answer(asked) { change in
                let line = try wish.line(for: asked, in: book, change)
                let visit = try book.visit(
                    keptBy: wish.appointmentKey,
                    purpose: wish.type.work == .modify ? .modify : .provide,
                    of: asked.owner,
                    for: id,
                    at: line.premises.uprn,
                    in: &change
                )
                var order = SupplyOrder(
                    id: id,
                    request: wish.request(asked, line, visit, partner: partner, pace: pace),
                    at: change.now
                )
                let effects = try order.acknowledge(at: change.now)
                try change.found(order, effects)
                if let cease { try wish.endLine(takenBy: order, as: cease, in: book, &change) }
                return CustomerAnswer(status: 201, about: order.ref) { json in
                    json.object { json in
                        json.field("id", wish.number)
                        json.field("supplierOrderReference", order.reference)
                        json.field("status", "ACKNOWLEDGED")
                    }
                }
            }
        }
    }
}

extension AppointmentBook {
    /// Uses the key of an appointment for an order, if there is one.
    func visit(
        keptBy key: String?,
        purpose: AppointmentPurpose,
        of owner: Owner,
        for order: ID<SupplyOrder>,
        at uprn: Int64,
        in change: inout Change
    ) throws -> SupplyRequest.AgreedVisit? {
        guard let key else { return nil }
        let user = EntityRef(kind: .supplyOrder, number: order.number)
        do {
            let used = try use(key: key, purpose: purpose, of: owner, at: uprn, by: user, in: &change)
            return SupplyRequest.AgreedVisit(appointment: used.id, key: used.key, slot: used.slot)
        } catch let refusal as Rejection {
            let problem = Rejection.Problem("/appointmentSupplierReference", refusal.message)
            throw Rejection(refusal.code, refusal.message, problems: [problem])
        }
    }
}
