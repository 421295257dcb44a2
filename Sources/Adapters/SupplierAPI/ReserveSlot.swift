import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `POST /appointments`: holds a slot for 12 hours, under the customer's number and a key of ours (G-044, G-090).
    @Sendable func reserveAppointment(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "ReserveAppointment") { asked in
            let (number, wanted, slot) = try Self.understandReservation(asked.body)
            let book = book
            let booking = try await book.draw(
                from: exchange,
                owner: asked.owner,
                conversation: asked.conversation,
                customerReference: String(number)
            )
            return try await answer(asked) { change in
                let uprn = try Self.uprn(of: wanted) { [change] in try book.premises(of: $0, in: change) }
                let wish = AppointmentBook.Wish(uprn: uprn, purpose: wanted.purpose, product: wanted.specification.id)
                let appointment = try book.reserve(slot, for: wish, as: booking, in: &change)
                return CustomerAnswer(status: 201, about: appointment.ref) { json in
                    json.object { json in
                        json.field("id", number)
                        json.field("supplierReference", appointment.key)
                        json.date("expiryDateTime", appointment.expiry)
                        json.wholesaleAddress(wanted.address)
                        json.wholesaleSpecification(wanted.specification)
                        json.field("appointmentPurpose", wanted.purpose.rawValue)
                        json.wholesaleTimeslot("timeslot", appointment.slot)
                    }
                }
            }
        }
    }

    private static func understandReservation(_ body: [UInt8]) throws -> (Int, Wanted, TimeSlot) {
        try WholesaleReading.read(body) { object in
            let id = object.requiredInteger("id", range: WholesaleLimits.numbers)
            let address = WholesaleReading.address(object.requiredObject("address"))
            let specification = WholesaleReading.specification(object.requiredObject("serviceSpecification"))
            let purpose = object.requiredEnum("appointmentPurpose", as: AppointmentPurpose.self)
            let service = object.optionalString("serviceId", length: WholesaleLimits.reference)
            let slot = WholesaleReading.timeslot(object.requiredObject("timeslot"))
            if purpose == .repair, service == nil { object.report(.missing, "serviceId", "is required for REPAIR") }
            guard let id, let address, let specification, let purpose, let slot else { return nil }
            let wanted = Wanted(
                address: address,
                specification: specification,
                purpose: purpose,
                service: service.map { ServiceID($0) }
            )
            return (id, wanted, slot)
        }
    }
}
