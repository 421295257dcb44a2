import Domain
import Formats
import FoundationEssentials

/// A reservation as its tenant reads it (G-044).
enum ReservationView {
    static func json(_ reservation: Reservation) -> [UInt8] {
        JSONWriter.bytes { json in json.object { write(reservation, to: &$0) } }
    }

    static func write(_ reservation: Reservation, to json: inout JSONWriter) {
        let request = reservation.request
        json.number("id", reservation.id)
        json.field("status", reservation.stateName.uppercased())
        json.field("supplier", request.supplier.rawValue)
        switch reservation.state {
        case .held(let reference, let until):
            json.field("supplierReference", reference)
            json.date("expiryDateTime", until)
        case .used(let reference, _, _): json.field("supplierReference", reference)
        case .refused(let reason): json.field("reason", reason)
        case .requesting, .released, .expired, .unknown: break
        }
        json.identifier("address", request.address)
        json.specification(request.specification)
        json.characteristics("serviceCharacteristics", request.characteristics)
        json.field("serviceId", request.serviceID?.rawValue)
        json.field("purpose", request.purpose.rawValue)
        json.timeslot("timeslot", reservation.slot)
        json.date("created", reservation.created)
        json.date("updated", reservation.updated)
    }
}
