import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension TenantAPI {
    /// What `GET /v1/available-appointments` asks for, understood (G-040).
    private struct SlotSearch {
        let supplier: Suppliers.Supplier
        let address: PremisesAddress
        let specification: ServiceSpecification
        let purpose: AppointmentPurpose
        let service: ServiceID?
        let from: CivilDate?
        let standardOnly: Bool
        let classifications: [String]
        let warnings: [String]
    }

    /// `GET /v1/available-appointments`: the slots that a supplier has free (G-040 to G-043). None is an empty list.
    @Sendable func findAppointments(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("GET /available-appointments", .read, request, context, hasParameters: true) { call in
            let search = try understandSearch(call)
            guard let desk = search.supplier.questions[search.purpose.capability] else { throw Unanswered.notOffered }
            let question = SlotsQuestion(
                asker: call.asker(exchange.ids.messageID(at: exchange.time.now())),
                address: try await exchange.completed(search.address),
                specification: search.specification,
                purpose: search.purpose,
                service: search.service,
                from: search.from
            )
            let slots = try await desk.slots(question).filter { slot in
                (!search.standardOnly || slot.isStandard)
                    && (search.classifications.isEmpty || search.classifications.contains(slot.classification))
            }
            let bytes = JSONWriter.bytes(reserving: 4_096) { json in
                json.object { json in
                    json.field("supplier", search.supplier.id.rawValue)
                    json.identifier("address", search.address)
                    json.specification(search.specification)
                    json.array("timeslots") { json in
                        for slot in slots.prefix(ReadingLimits.elementsMax) { json.timeslot(nil, slot) }
                    }
                }
            }
            return try await look(call, bytes, warnings: search.warnings)
        }
    }

    /// G-044.
    private static let serviceIDMax = 50
    private static let slotParameters: Set = [
        "supplier", "address", "serviceSpecification", "serviceCharacteristics", "appointmentFromDate", "standardOnly",
        "singleDayAppointment", "classifications", "appointmentPurpose", "serviceId",
    ]

    private func understandSearch(_ call: TenantCall) throws -> SlotSearch {
        let reading = TenantReading(isStrict: call.terms.isStrict)
        let query = QueryReader(call.request, reading)
        let supplier = query.supplier(of: call.terms, among: suppliers)
        let address = query.address()
        let specification = query.requiredObject("serviceSpecification").flatMap { ServiceSpecification($0, reading) }
        let characteristics = query.characteristics()
        let from = query.day("appointmentFromDate")
        let standardOnly = query.bool("standardOnly") ?? false
        // Every slot of ours is within one day, so both answers are the same.
        _ = query.bool("singleDayAppointment")
        let classifications = query.choices("classifications", from: TimeSlot.classifications)
        let purpose = query.requiredEnum("appointmentPurpose", as: AppointmentPurpose.self)
        let service = query.optional("serviceId") ?? characteristics["SERVICE_ID"]
        if let service, service.unicodeScalars.count > Self.serviceIDMax {
            reading.problems.report(.tooLong, at: "/serviceId", "must have at most \(Self.serviceIDMax) characters")
        }
        if purpose == .repair, service == nil {
            reading.problems.report(.missing, at: "/serviceCharacteristics", "SERVICE_ID is required for REPAIR")
        }
        query.close(knowing: Self.slotParameters)
        try reading.finish(.unprocessableContent)
        guard let supplier, let address, let specification, let purpose else {
            throw APIError(.unprocessableContent, "The query breaks a rule.")
        }
        return SlotSearch(
            supplier: supplier,
            address: address,
            specification: specification,
            purpose: purpose,
            service: service.map { ServiceID($0) },
            from: from,
            standardOnly: standardOnly,
            classifications: classifications,
            warnings: reading.warnings
        )
    }
}

extension AppointmentPurpose {
    /// Visits of a repair are another contract's than those of an installation (decision 27).
    var capability: Capability {
        switch self {
        case .provide, .modify: .provideAppointments
        case .repair: .repairAppointments
        }
    }
}

extension TimeSlot {
    /// The fifteen of G-042.
    static let classifications = ["WEEKDAY", "SATURDAY", "SUNDAY"].flatMap { day in
        ["", "_AM", "_PM", "_EARLY", "_EVENING"].map { day + $0 }
    }
}
