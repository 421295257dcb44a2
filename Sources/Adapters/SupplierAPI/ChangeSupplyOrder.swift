import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `POST /service-order-amendments`: a customer wants an order changed that is under way. The operator decides later
    /// (202), and says so by AMENDED or AMENDMENT_REJECTED (G-090, G-093).
    ///
    /// The key of another visit is used in the same commit; if the amendment is refused, that visit is called off again.
    @Sendable func amendSupplyOrder(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "AmendSupplyOrder") { asked in
            let wish = try AmendmentWish(reading: asked.body)
            let book = book
            return try await answer(asked) { change in
                let order = try wish.about.order(of: asked, in: change)
                let visit: SupplyRequest.AgreedVisit? =
                    if let uprn = order.request.address.uprn {
                        try book.visit(
                            keptBy: wish.appointmentKey,
                            purpose: order.request.orderType.work == .modify ? .modify : .provide,
                            of: asked.owner,
                            for: order.id,
                            at: uprn,
                            in: &change
                        )
                    } else {
                        nil
                    }
                guard !wish.changes.isEmpty || visit != nil else {
                    let problem = Rejection.Problem("", "must change something")
                    throw Rejection(.invalid, "The amendment changes nothing.", problems: [problem])
                }
                return try Self.takeIn(.amendment(changes: wish.changes, visit: visit), wish.about, of: order, &change)
            }
        }
    }

    /// `POST /service-order-cancellations`: a customer withdraws an order that is under way. The operator decides later
    /// (202), and says so by CANCELLED or, past the point of no return, CANCELLATION_REJECTED (decision 30).
    @Sendable func cancelSupplyOrder(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "CancelSupplyOrder") { asked in
            let about = try WholesaleReading.read(asked.body) { object in
                _ = object.requiredString("reasonCode", length: WholesaleLimits.reason)
                return OrderNamed(object)
            }
            return try await answer(asked) { change in
                let order = try about.order(of: asked, in: change)
                return try Self.takeIn(.cancellation, about, of: order, &change)
            }
        }
    }

    private static func takeIn(
        _ content: SupplyChange.Content,
        _ about: OrderNamed,
        of order: SupplyOrder,
        _ change: inout Change
    ) throws -> CustomerAnswer {
        let asked = try change.decide(order.id) { order, now in
            try order.ask(about.number, content, at: now)
        }
        return CustomerAnswer(status: 202, about: asked.ref) { json in
            json.object { json in
                json.field("id", about.number)
                json.field("supplierReference", asked.change?.reference)
                json.field("status", "PENDING")
            }
        }
    }
}

/// Which order a request is about: by the customer's number, or by ours.
struct OrderNamed: Sendable {
    /// The customer's number of the request itself.
    let number: Int64
    private let order: Int64?
    private let reference: String?

    init?(_ object: ObjectReader) {
        let numbers = WholesaleLimits.numbers
        let number = object.requiredInteger("id", range: numbers)
        let order = object.optionalInteger("orderId", range: numbers)
        reference = object.optionalString("supplierOrderReference", length: WholesaleLimits.reference)
        if order == nil, reference == nil, !object.has("orderId") {
            object.report(.missing, "orderId", "is missing, and so is supplierOrderReference")
        }
        guard let number else { return nil }
        self.number = Int64(number)
        self.order = order.map(Int64.init)
    }

    /// Another customer's order, or another tenant's, is as absent as one that never was.
    func order(of asked: CustomerRequest, in change: Change) throws -> SupplyOrder {
        let found = try byNumber(asked, in: change) ?? byReference(in: change)
        guard let found, found.request.customer == asked.customer, found.request.tenant.isExactly(asked.tenant) else {
            throw Rejection(.notFound, "There is no such order.")
        }
        return found
    }

    private func byNumber(_ asked: CustomerRequest, in change: Change) throws -> SupplyOrder? {
        guard let order else { return nil }
        let value = SupplyOrder.referenceKey(String(order), of: asked.customer)
        return try change.find(SupplyOrder.self, by: SupplyOrder.customerReferenceLookup, value, limit: 1).first
    }

    private func byReference(in change: Change) throws -> SupplyOrder? {
        guard let id = reference.flatMap(SupplyOrder.id(reference:)) else { return nil }
        return try change.find(id)
    }
}

/// An amendment as it came to the operator, understood but not yet accepted.
private struct AmendmentWish: Sendable {
    let about: OrderNamed
    let changes: OrderChanges
    let appointmentKey: String?

    init(reading body: [UInt8]) throws {
        (about, changes, appointmentKey) = try WholesaleReading.read(body) { object in
            let about = OrderNamed(object)
            let wanted = object.optionalObjects("serviceCharacteristics", count: WholesaleLimits.elements)
            let changes = OrderChanges(
                characteristics: wanted.map { WholesaleReading.characteristics($0) },
                primaryContact: WholesaleReading.contactChange(object.optionalObject("primaryContact")),
                secondaryContact: WholesaleReading.contactChange(object.optionalObject("secondaryContact")),
                requestedCompletionDate: WholesaleReading.date(object.optionalDate("requestedCompletionDate")),
                engineerTasks: WholesaleReading.engineerTasks(object),
                site: WholesaleReading.site(object)
            )
            let key = WholesaleReading.appointmentKey(object)
            return about.map { ($0, changes, key) }
        }
    }
}
