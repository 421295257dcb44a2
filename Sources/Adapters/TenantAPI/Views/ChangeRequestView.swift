import Domain
import Formats
import FoundationEssentials

/// An amendment or a cancellation as its tenant reads it (F-030 to F-032).
enum ChangeRequestView {
    static func json(_ request: ChangeRequest) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.number("id", request.id)
                json.field("status", request.status.rawValue)
                json.number("orderId", request.order)
                json.field("supplier", request.supplier.rawValue)
                json.field("supplierReference", request.supplierReference)
                switch request.content {
                case .amendment(let changes, let visit): write(changes, visit, to: &json)
                case .cancellation(let reason, let text):
                    json.field("reasonCode", reason.rawValue)
                    json.field("text", text)
                }
                json.field("failureReason", request.failure)
                json.date("created", request.created)
                json.date("updated", request.updated)
            }
        }
    }

    private static func write(_ changes: OrderChanges, _ visit: BookedVisit?, to json: inout JSONWriter) {
        if let characteristics = changes.characteristics {
            json.characteristics("serviceCharacteristics", characteristics)
        }
        json.contactChange("primaryContact", changes.primaryContact)
        json.contactChange("secondaryContact", changes.secondaryContact)
        json.number("appointmentReservationId", visit?.reservation)
        json.day("requestedCompletionDate", changes.requestedCompletionDate)
        if let tasks = changes.engineerTasks { json.strings("engineerTasks", tasks.map(\.rawValue)) }
        json.site(changes.site)
    }
}
