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
        json.number("id", order.id)
        // A circuit has a path of its own, and no type (F-040).
        if order.request.type != .ethernet { json.field("orderType", order.request.type.rawValue) }
        json.field("status", order.status.rawValue)
        json.field("supplier", order.request.supplier.rawValue)
        json.field("supplierOrderNumber", order.supplierOrderNumber)
        switch order.request {
        case .provide(let request): write(request, of: order, to: &json)
        case .modify(let request): write(request, of: order, to: &json)
        case .cease(let request): write(request, to: &json)
        case .unsolicitedCease(let request): write(request, to: &json)
        case .ethernet(let request): json.ethernet(request)
        }
        json.day("committedDate", order.committedDate)
        json.day("targetDate", order.targetDate)
        json.date("created", order.created)
        json.date("updated", order.updated)
        if withUpdates { KCIView.writeUpdates(order.log, of: KCIView.EntityType(of: order), to: &json) }
    }

    private static func write(_ request: ProvideRequest, of order: ServiceOrder, to json: inout JSONWriter) {
        json.identifier("address", request.address)
        json.object("serviceOrderItem") { json in
            json.specification(request.specification)
            json.characteristics("serviceCharacteristics", characteristics(request, of: order))
        }
        json.contact("primaryContact", request.primaryContact)
        json.contact("secondaryContact", request.secondaryContact)
        writeVisit(request.reservation, of: order, to: &json)
        json.day("requestedCompletionDate", request.requestedCompletionDate)
        json.engineerTasks(request.engineerTasks)
        json.site(request.site)
    }

    /// G-054.
    private static func write(_ request: ModifyRequest, of order: ServiceOrder, to json: inout JSONWriter) {
        json.field("serviceId", request.serviceID.rawValue)
        json.characteristics("serviceCharacteristics", request.characteristics)
        json.contact("primaryContact", request.primaryContact)
        json.contact("secondaryContact", request.secondaryContact)
        writeVisit(request.reservation, of: order, to: &json)
        json.day("requestedCompletionDate", request.requestedCompletionDate)
        json.engineerTasks(request.engineerTasks)
        json.site(request.site)
    }

    /// G-053.
    private static func write(_ request: CeaseRequest, to json: inout JSONWriter) {
        json.field("serviceId", request.serviceID.rawValue)
        json.day("requestedCompletionDate", request.requestedCompletionDate)
        json.field("reason", request.reason)
        json.contact("primaryContact", request.primaryContact)
        json.field("notes", request.notes)
    }

    /// G-055.
    private static func write(_ request: UnsolicitedCease, to json: inout JSONWriter) {
        json.field("serviceId", request.serviceID.rawValue)
        json.day("requestedCeaseDate", request.requestedCeaseDate)
        json.field("reason", request.reason)
    }

    /// The slot itself only if the supplier moved it (F-024).
    private static func writeVisit(_ reservation: ID<Reservation>?, of order: ServiceOrder, to json: inout JSONWriter) {
        json.number("appointmentReservationId", reservation)
        guard order.isReappointed, let visit = order.visit else { return }
        json.field("appointmentSupplierReference", visit.supplierReference)
        json.timeslot("appointmentTimeslot", visit.slot)
    }

    /// As ordered, with the line's name once there is one.
    private static func characteristics(_ request: ProvideRequest, of order: ServiceOrder) -> [Characteristic] {
        let ordered = request.characteristics
        guard let service = order.serviceID, ordered["SERVICE_ID"] == nil else { return ordered }
        return ordered + [Characteristic(name: "SERVICE_ID", value: service.rawValue)]
    }
}
