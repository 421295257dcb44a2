import Domain
import Engine
import FoundationEssentials
import Formats
import Storage

/// `queryAppointmentAvailability` (T-030, T-042, T-043): which slots are free at an address from a day on.
struct QueryVisits: Equatable {
    var message: AppointmentMessage
    var from: CivilDate?
}

extension QueryVisits {
    init(_ element: XMLElement, at now: Date) throws(TicketingProblem) {
        message = try AppointmentMessage(element, addressNamespace: TicketingSchemas.niccNamespace, at: now)
        from = try element.read("appointmentsFrom") { CivilDate($0.prefix(10)) }
    }

    func write(to xml: inout XMLWriter) {
        message.write("queryAppointmentAvailabilityRequest", to: &xml) { xml in
            xml.text("addressKey", message.addressKey)
            xml.text("appointmentsFrom", from?.description)
            message.writeType(to: &xml)
            message.writeTail(to: &xml)
        }
    }

    /// Reads the seller's answer. A slot that cannot be read is left out; if none can, there is no answer.
    static func slots(
        in response: OutboundResponse,
        asking correlation: String? = nil
    ) throws(AppointmentAnswerFault) -> [TimeSlot] {
        let accepted = try AppointmentAnswerFault.accepted(
            "queryAppointmentAvailability",
            in: response,
            asking: correlation
        )
        let offered = accepted.first("appointmentSlots")?.all("appointmentSlot") ?? []
        let slots = offered.compactMap(\.slot)
        guard offered.isEmpty || !slots.isEmpty else {
            throw AppointmentAnswerFault.failed(reason: "no slot of the answer can be read")
        }
        return slots
    }
}

extension Ticketing {
    func queryAppointmentAvailability(
        _ request: TicketingRequest,
        _ caller: TicketingCaller
    ) async throws -> TicketingAnswer {
        let now = exchange.time.now()
        let query = try QueryVisits(request.element, at: now)
        try caller.check(query.message.buyerIdentifier)
        let slots: Result<[TimeSlot], BookingRefusal>
        do {
            slots = .success(try await self.slots(for: query, caller))
        } catch let refusal as BookingRefusal {
            slots = .failure(refusal)
        }
        let head = query.message.answer(exchange.ids.messageID(at: now), at: now)
        let bare = XMLWriter.bytes { xml in
            head.write("queryAppointmentAvailabilityResponse", to: &xml) { xml in
                switch slots {
                case .success(let slots):
                    xml.element("queryAppointmentAvailabilityAccepted") { xml in
                        xml.element("appointmentSlots") { xml in
                            for slot in slots { xml.element("appointmentSlot") { $0.slot(slot) } }
                        }
                    }
                case .failure(let refusal):
                    refusal.write("queryAppointmentAvailabilityRejected", to: &xml)
                }
            }
        }
        var copy = caller.log
        copy.status = 200
        copy.responseBody = bare
        try await exchange.log(copy)
        return TicketingAnswer(status: 200, bare: bare)
    }

    private func slots(
        for query: QueryVisits,
        _ caller: TicketingCaller
    ) async throws -> [TimeSlot] {
        let wish = try query.message.wish
        return try await exchange.change(Cause("queryAppointmentAvailability", by: "buyer/\(caller.buyer)")) {
            [book] change in
            try book.slots(for: wish, from: query.from, in: change)
        }
    }
}

extension AppointmentMessage {
    /// In the book's words.
    var wish: AppointmentBook.Wish {
        get throws(BookingRefusal) {
            guard let uprn else {
                throw BookingRefusal(.unknownAddress, "\(addressKey) is no UPRN that the network knows.")
            }
            return AppointmentBook.Wish(
                uprn: uprn,
                purpose: purpose,
                product: product,
                isReappointment: isReappointment
            )
        }
    }
}
