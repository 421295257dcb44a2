import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird
import Storage

extension Wholesale {
    /// `GET /service-orders/{id}`: an order as it is now, by the customer's number; for reconciliation.
    @Sendable func showSupplyOrder(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "ShowSupplyOrder") { asked in
            let value = SupplyOrder.referenceKey(try context.parameters.require("id"), of: context.customer)
            return try await look(asked) { state in
                let key = SupplyOrder.customerReferenceLookup
                guard let order = try state.find(SupplyOrder.self, by: key, value, limit: 1).first,
                    order.request.tenant.isExactly(asked.tenant)
                else {
                    throw Rejection(.notFound, "There is no such order.")
                }
                return CustomerAnswer(status: 200, about: order.ref) { json in json.object { $0.supplyOrder(order) } }
            }
        }
    }
}

extension JSONWriter {
    /// The members of an order: in a GET, and in every update about it.
    mutating func supplyOrder(_ order: SupplyOrder) {
        let request = order.request
        field("id", Int(request.customerReference))
        field("tenant", request.tenant)
        field("supplierOrderReference", order.reference)
        field("status", order.supplierAPIStatus)
        field("orderType", request.orderType.rawValue)
        switch request.orderType.work {
        case .provide:
            wholesaleAddress(request.address)
            object("serviceOrderItem") { json in
                json.wholesaleSpecification(request.specification)
                // A line has its name once it lives (§3.1: SERVICE_ID on completion).
                let service = order.isDone ? [Characteristic(name: "SERVICE_ID", value: order.serviceID.rawValue)] : []
                json.wholesaleCharacteristics("serviceCharacteristics", request.characteristics + service)
            }
        case .ethernet:
            field("supplierQuoteId", request.quote)
        case .modify:
            field("serviceId", order.serviceID.rawValue)
            wholesaleCharacteristics("serviceCharacteristics", request.characteristics)
        case .cease:
            field("serviceId", order.serviceID.rawValue)
            let isUnsolicited = request.orderType == .unsolicitedCease
            let day = isUnsolicited ? "requestedCeaseDate" : "requestedCompletionDate"
            field(day, request.requestedCompletionDate?.description)
            if isUnsolicited { field("reason", "CHANGE_OF_CP") }
        }
        field("appointmentSupplierReference", order.visit?.key)
        field("committedDate", order.dates?.committedDate.description)
        field("targetDate", order.dates?.targetDate.description)
        date("created", order.created)
        date("updated", order.updated)
    }
}

extension SupplyOrder {
    /// The status as customers read it: F-025's words.
    var supplierAPIStatus: String {
        switch state {
        case .received, .acknowledged: "ACKNOWLEDGED"
        case .committed, .inProgress: "IN_PROGRESS"
        case .held: "HELD"
        case .awaitingInformation: "PENDING"
        case .completed: "COMPLETED"
        case .partial: "PARTIAL"
        case .cancelled: "CANCELLED"
        case .failed: "FAILED"
        }
    }
}
