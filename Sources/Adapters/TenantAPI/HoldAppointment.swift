import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

extension TenantAPI {
    /// How long a repeat waits for the first to be answered, and how often it looks.
    private static let repeatWait: Duration = .seconds(10)
    private static let repeatPause: Duration = .milliseconds(50)

    /// `POST /v1/appointments`: holds a slot with a supplier (G-044).
    ///
    /// Two commits with the supplier's answer between them (decision 3): the first makes sure that a slot which is
    /// held for us is never forgotten, whatever becomes of this process; the second stores what the tenant is told.
    /// Where no answer comes the same question is asked again for a minute, and a repeat of the request, or a GET of
    /// what `Location` names, says what came of it.
    @Sendable func reserveAppointment(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("POST /appointments", .appointments, request, context) { call in
            if let earlier = try await exchange.earlierAnswer(to: call.key) {
                try await logRepeat(call, earlier)
                return ByteResponse(earlier)
            }
            let ((asked, desk), warnings) = try call.read { reader, reading in
                try Self.understandReservation(reader, reading, call.terms, suppliers)
            }
            let id = try await exchange.draw(Reservation.self)
            let wanted = try await asked.routed(by: exchange)
            guard try await requested(id, wanted, call) else { return try await firstAnswer(to: call) }
            let reserved = try await ask(desk, for: id, wanted, call)
            return try await answerOnce(call, "HoldAppointment", status: 201, warnings: warnings) { change in
                let held = try change.decide(id, of: call.owner) { reservation, now in
                    try reservation.hold(reserved.reference, until: reserved.expires, slot: reserved.slot, at: now)
                }
                return Promise(
                    entity: held.ref,
                    view: ReservationView.json(held),
                    location: "/v1/appointments/\(id)"
                )
            }
        }
    }

    /// `DELETE /v1/appointments/{id}`: the tenant gives an unused slot back (G-045). Again changes nothing.
    @Sendable func releaseAppointment(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("DELETE /appointments/{id}", .appointments, request, context) { call in
            let id: ID<Reservation> = try call.id(context.parameters.get("id"))
            // A body says nothing here.
            let call = try call.withKnownParameters()
            return try await answerOnce(call, "ReleaseAppointment", status: 204) { change in
                let released = try change.decide(id, of: call.owner) { try $0.release(at: $1) }
                return Promise(entity: released.ref, view: [])
            }
        }
    }

    /// `GET /v1/appointments/{id}`: ours (G-045).
    @Sendable func readAppointment(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await read("GET /appointments/{id}", Reservation.self, request, context, ReservationView.json)
    }

    /// The first commit; `false` if the same request is under way already, or was answered meanwhile.
    private func requested(
        _ id: ID<Reservation>,
        _ wanted: ReservationRequest,
        _ call: TenantCall
    ) async throws -> Bool {
        do {
            return try await exchange.change(Cause("RequestAppointment", by: call.actor)) { change in
                guard try !change.isAnswered(call.key), try !change.isRequested(call) else { return false }
                let (reservation, effects) = try Reservation.request(
                    id,
                    wanted,
                    for: call.tenant,
                    in: call.conversation,
                    requestKey: call.reservationKey,
                    at: change.now
                )
                try change.found(reservation, effects)
                return true
            }
        } catch let rejection as Rejection where rejection.code == .alreadyExists {
            return false
        }
    }

    /// What the supplier says. Where it doesn't say, the slot counts as lost, and is given back (decision 3).
    private func ask(
        _ desk: any SupplierQuestions,
        for id: ID<Reservation>,
        _ wanted: ReservationRequest,
        _ call: TenantCall
    ) async throws -> ReservedSlot {
        let first = exchange.ids.messageID(at: exchange.time.now())
        let question = ReserveQuestion(
            asker: call.asker(first),
            reservation: id,
            address: wanted.address,
            specification: wanted.specification,
            purpose: wanted.purpose,
            service: wanted.serviceID,
            slot: wanted.slot
        )
        do {
            return try await desk.reserve(question)
        } catch let unanswered as Unanswered {
            _ = try await exchange.change(id, of: call.owner, Cause("AppointmentNotHeld", by: "house")) {
                switch unanswered {
                case .refused(let reasons): try $0.refuse(because: reasons.joined(separator: "; "), at: $1)
                case .notOffered: try $0.refuse(because: "not offered", at: $1)
                case .timedOut, .failed: $0.askAgain(as: first, at: $1)
                }
            }
            throw Self.stillAsking(unanswered, about: id)
        }
    }

    /// An outcome that is unknown so far has a place where it will be read.
    private static func stillAsking(_ unanswered: Unanswered, about id: ID<Reservation>) -> any Error {
        switch unanswered {
        case .refused, .notOffered: return unanswered
        case .timedOut, .failed:
            var error = unanswered.tenantAPIError
            error.headers[.location] = "/v1/appointments/\(id)"
            return error
        }
    }

    /// The same request came before: what was answered then is this one's answer too (decision 5), and what wasn't is
    /// whatever has come of it since.
    private func firstAnswer(to call: TenantCall) async throws -> ByteResponse {
        let clock = ContinuousClock()
        let end = clock.now + Self.repeatWait
        while clock.now < end {
            if let answer = try await exchange.earlierAnswer(to: call.key) {
                try await logRepeat(call, answer)
                return ByteResponse(answer)
            }
            if let late = try await lateAnswer(to: call) { return late }
            try await clock.sleep(for: Self.repeatPause)
        }
        throw APIError(
            .serviceUnavailable,
            "The same request is under way.",
            headers: [.retryAfter: "5"]
        )
    }

    /// What has come of a question that the first request did not wait for; `nil` while that one still waits.
    private func lateAnswer(to call: TenantCall) async throws -> ByteResponse? {
        let lookups = [call.reservationKey, call.earlierReservationKey].map(Reservation.lookup(request:))
        let found = try await exchange.read { store in
            try lookups.compactMap { try store.find(Reservation.self, by: $0.key, $0.value, limit: 1).first }.first
        }
        guard let reservation = found, reservation.askedAgain != nil else { return nil }
        let id = reservation.id
        switch reservation.state {
        case .requesting, .unknown: throw Self.stillAsking(.timedOut, about: id)
        case .refused(let reason): throw Unanswered.refused(reasons: [reason])
        case .held, .used, .released, .expired:
            return try await answerOnce(call, "HoldAppointment", status: 201) { change in
                let held = try change.require(id, of: call.owner)
                return Promise(entity: held.ref, view: ReservationView.json(held), location: "/v1/appointments/\(id)")
            }
        }
    }

    static func understandReservation(
        _ reader: ObjectReader,
        _ reading: TenantReading,
        _ terms: TenantTerms,
        _ suppliers: Suppliers
    ) throws -> (ReservationRequest, any SupplierQuestions)? {
        let supplier = reader.supplier(of: terms, among: suppliers)
        let address = reader.address("address", reading)
        let specification = reader.specification(reading)
        let characteristics = reader.characteristics("serviceCharacteristics", atLeast: 0, reading)
        let serviceID = reader.optionalString("serviceId", length: 1...50)
        let purpose = reader.requiredEnum("purpose", as: AppointmentPurpose.self)
        let slot = timeslot(reader, reading)
        if purpose == .repair, serviceID == nil, !reader.has("serviceId") {
            reader.report(.missing, "serviceId", "is required for REPAIR")
        }
        guard let supplier, let address, let specification, let characteristics, let purpose, let slot else {
            return nil
        }
        guard let desk = supplier.questions[purpose.capability] else { throw Unanswered.notOffered }
        let wanted = ReservationRequest(
            supplier: supplier.id,
            address: address,
            specification: specification,
            characteristics: characteristics,
            serviceID: serviceID.map { ServiceID($0) },
            purpose: purpose,
            slot: slot
        )
        return (wanted, desk)
    }

    /// As `GET /v1/available-appointments` named it; what it said of the slot beside the times may come back.
    private static func timeslot(_ reader: ObjectReader, _ reading: TenantReading) -> TimeSlot? {
        guard let slot = reader.requiredObject("timeslot") else { return nil }
        let start = slot.requiredDateTime("timeslotStartDateTime")
        let end = slot.requiredDateTime("timeslotEndDateTime")
        _ = slot.value("classification")
        _ = slot.value("standard")
        reading.close(slot)
        guard let start, let end else { return nil }
        if let timeslot = TimeSlot(start: start, end: end) { return timeslot }
        slot.report(.outOfRange, "timeslotEndDateTime", "must be after timeslotStartDateTime")
        return nil
    }
}

extension TenantCall {
    /// By which a reservation that is asked for is found again.
    fileprivate var reservationKey: String {
        let key = key
        return "\(actor)/" + KeyParts.joined(key.key, key.bodyHash)
    }

    /// The same as 0.1.0 stored it, which knew a request by its bytes.
    fileprivate var earlierReservationKey: String { "\(actor)/\(headers.requestID)/\(Hex.sha256(body))" }
}

extension Change {
    /// Whether 0.1.0 asked for this reservation, before an update of the program, and waits for the supplier.
    fileprivate func isRequested(_ call: TenantCall) throws -> Bool {
        let lookup = Reservation.lookup(request: call.earlierReservationKey)
        return try !find(Reservation.self, by: lookup.key, lookup.value, limit: 1).isEmpty
    }
}

extension ReservationRequest {
    /// Under every name that the supplier may know the address by (G-014).
    fileprivate func routed(by exchange: Exchange) async throws -> ReservationRequest {
        ReservationRequest(
            supplier: supplier,
            address: try await exchange.completed(address),
            specification: specification,
            characteristics: characteristics,
            serviceID: serviceID,
            purpose: purpose,
            slot: slot
        )
    }
}
