import Domain
import Engine
import FoundationEssentials
import Formats
import Storage

/// `reserveAppointment` (T-031, T-044, T-045): holds a slot under a key for twelve hours.
struct ReserveVisit: Equatable {
    var message: AppointmentMessage
    var slot: TimeSlot?
}

extension ReserveVisit {
    init(_ element: XMLElement, at now: Date) throws(TicketingProblem) {
        message = try AppointmentMessage(element, addressNamespace: TicketingSchemas.cfhNamespace, at: now)
        _ = try element.first("appointmentSlot")?.read("appointmentDate") { CivilDate($0.prefix(10)) }
        slot = element.first("appointmentSlot")?.slot
    }

    func write(to xml: inout XMLWriter) {
        message.write("reserveAppointmentRequest", to: &xml) { xml in
            if let slot { xml.element("appointmentSlot") { $0.slot(slot) } }
            message.writeType(to: &xml)
            xml.text("cfh:addressKey", message.addressKey)
            message.writeTail(to: &xml)
        }
    }

    /// As the schema has it (`Upto36`).
    private static let keyLength = 1...36

    /// Reads the seller's answer.
    static func reserved(
        in response: OutboundResponse,
        asking correlation: String? = nil
    ) throws(AppointmentAnswerFault) -> ReservedSlot {
        let accepted = try AppointmentAnswerFault.accepted("reserveAppointment", in: response, asking: correlation)
        guard let appointment = accepted.first("appointment"), let slot = appointment.slot,
            let key = appointment.text(of: "appointmentReservationKey"),
            keyLength.contains(key.unicodeScalars.count),
            let until = appointment.text(of: "appointmentReservationValidUntil").flatMap(XMLDateTime.parse)
        else { throw AppointmentAnswerFault.failed(reason: "the answer has no appointment that can be read") }
        return ReservedSlot(reference: key, expires: until, slot: slot)
    }
}

extension Ticketing {
    func reserveAppointment(_ request: TicketingRequest, _ caller: TicketingCaller) async throws -> TicketingAnswer {
        let now = exchange.time.now()
        let message = try ReserveVisit(request.element, at: now)
        try caller.check(message.message.buyerIdentifier)
        let head = message.message.answer(exchange.ids.messageID(at: now), at: now)
        let conversation = caller.conversation ?? ConversationID(message.message.correlationID)
        let booking = try await book.draw(from: exchange, owner: .buyer(caller.buyer), conversation: conversation)
        let id = KeyParts.joined(message.message.buyerIdentifier, message.message.messageID)
        do {
            return try await answerOnce(.reserveAppointment, request, id: id, caller) { [book] change in
                guard let slot = message.slot else { throw BookingRefusal(.slotUnknown, "There is no such time.") }
                let appointment = try book.reserve(slot, for: message.message.wish, as: booking, in: &change)
                return (TicketingAnswer(status: 200, bare: head.accepted(appointment)), appointment.ref, [])
            }
        } catch let refusal as BookingRefusal {
            let bare = XMLWriter.bytes { xml in
                head.write("reserveAppointmentResponse", to: &xml) {
                    refusal.write("reserveAppointmentRejected", to: &$0)
                }
            }
            var copy = caller.log
            copy.status = 200
            copy.verdict = "refused: \(refusal.code.rawValue)"
            copy.responseBody = bare
            try await exchange.log(copy)
            return TicketingAnswer(status: 200, bare: bare)
        }
    }
}

extension AppointmentMessage {
    fileprivate func accepted(_ appointment: Appointment) -> [UInt8] {
        XMLWriter.bytes { xml in
            write("reserveAppointmentResponse", to: &xml) { xml in
                xml.element("reserveAppointmentAccepted") { xml in
                    xml.element("appointment") { xml in
                        xml.slot(appointment.slot)
                        xml.text("appointmentReservationKey", appointment.key)
                        xml.dateTime("appointmentReservationValidUntil", appointment.reservedUntil)
                    }
                }
            }
        }
    }
}

extension Appointment {
    fileprivate var reservedUntil: Date? {
        guard case .reserved(let until) = state else { return nil }
        return until
    }
}
