import Domain
import Formats
import FoundationEssentials

/// An order as its tenant reads it (F-020, F-024): the answer to a POST and a GET, and a KCI's entity.
enum OrderView {
    static func json(_ order: ServiceOrder) -> [UInt8] {
        JSONWriter.bytes(reserving: 2_048) { json in
            json.object { write(order, withUpdates: true, to: &$0) }
        }
    }

    /// A KCI's entity has no `updates` (decision 11).
    static func write(_ order: ServiceOrder, withUpdates: Bool, to json: inout JSONWriter) {
        let request = order.request
        json.number("id", order.id)
        json.field("orderType", request.type.rawValue)
        json.field("status", order.status.rawValue)
        json.field("supplier", request.supplier.rawValue)
        json.field("supplierOrderNumber", order.supplierOrderNumber)
        json.identifier("address", request.address)
        json.object("serviceOrderItem") { json in
            json.specification(request.specification)
            json.characteristics("serviceCharacteristics", characteristics(of: order))
        }
        json.contact("primaryContact", request.primaryContact)
        json.contact("secondaryContact", request.secondaryContact)
        json.number("appointmentReservationId", request.reservation)
        if order.isReappointed, let visit = order.visit {
            json.field("appointmentSupplierReference", visit.supplierReference)
            json.timeslot("appointmentTimeslot", visit.slot)
        }
        json.day("requestedCompletionDate", request.requestedCompletionDate)
        if !request.engineerTasks.isEmpty { json.strings("engineerTasks", request.engineerTasks.map(\.rawValue)) }
        json.site(request.site)
        json.day("committedDate", order.committedDate)
        json.day("targetDate", order.targetDate)
        json.date("created", order.created)
        json.date("updated", order.updated)
        if withUpdates { KCIView.writeUpdates(order.log, of: .provideOrder, to: &json) }
    }

    /// As ordered, with the line's name once there is one.
    private static func characteristics(of order: ServiceOrder) -> [Characteristic] {
        let ordered = order.request.characteristics
        guard let service = order.serviceID, ordered["SERVICE_ID"] == nil else { return ordered }
        return ordered + [Characteristic(name: "SERVICE_ID", value: service.rawValue)]
    }
}
