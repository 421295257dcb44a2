import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes

/// The questions that a tenant waits for (decision 3): asked with a deadline, logged, nothing stored.
extension NativeSupplier: SupplierQuestions {
    package func availability(_ question: AvailabilityQuestion) async throws -> AvailabilityAnswer {
        let query = Self.query([("address", Self.json(question.address))])
        let response = try await ask(
            .get,
            "/service-availability" + query,
            question.asker,
            as: "GET /service-availability"
        )
        let problems = Problems()
        let answer = Self.availability(ObjectReader(try Self.document(response).root, problems: problems))
        guard problems.isEmpty else { throw Unanswered.failed(reason: "its answer cannot be read") }
        return answer
    }

    package func slots(_ question: SlotsQuestion) async throws -> [TimeSlot] {
        var fields = [
            ("address", Self.json(question.address)),
            ("serviceSpecification", JSONWriter.string { $0.object { $0.field("id", question.specification.id) } }),
            ("appointmentPurpose", question.purpose.rawValue),
        ]
        if let service = question.service { fields.append(("serviceId", service.rawValue)) }
        if let from = question.from { fields.append(("appointmentFromDate", from.description)) }
        let path = "/available-appointments" + Self.query(fields)
        let response = try await ask(.get, path, question.asker, as: "GET /available-appointments")
        let problems = Problems()
        let reader = ObjectReader(try Self.document(response).root, problems: problems)
        let slots = reader.requiredObjects("timeslots", count: 0...10_000)?.compactMap { WholesaleReading.timeslot($0) }
        guard problems.isEmpty, let slots else { throw Unanswered.failed(reason: "its answer cannot be read") }
        return slots
    }

    package func reserve(_ question: ReserveQuestion) async throws -> ReservedSlot {
        let body = NativeSpelling.body(question)
        let response = try await ask(.post, "/appointments", question.asker, as: "POST /appointments", body)
        return try Self.reservedSlot(in: response)
    }

    /// The answer to a reservation, whenever it comes. It says which slot is held: it may be wider than was asked for.
    static func reservedSlot(in response: OutboundResponse) throws -> ReservedSlot {
        let problems = Problems()
        let reader = ObjectReader(try document(response).root, problems: problems)
        let reference = reader.requiredString("supplierReference", length: 1...50)
        let expires = reader.requiredDateTime("expiryDateTime")
        let slot = WholesaleReading.timeslot(reader.requiredObject("timeslot"))
        guard problems.isEmpty, let reference, let expires, let slot else {
            throw Unanswered.failed(reason: "its answer cannot be read")
        }
        return ReservedSlot(reference: reference, expires: expires, slot: slot)
    }

    func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ asker: Asker,
        as operation: String,
        _ body: [UInt8] = []
    ) async throws -> OutboundResponse {
        let request = request(
            method,
            path,
            tenant: asker.tenant.rawValue,
            conversation: asker.conversation,
            requestID: asker.requestID,
            body: body
        )
        let answer = await access.send(request)
        try await exchange.log(logged(request, answer, as: operation, at: exchange.time.now()))
        switch answer {
        case .failure(let failure) where failure.kind == .timeout: throw Unanswered.timedOut
        case .failure(let failure): throw Unanswered.failed(reason: failure.text)
        case .success(let response):
            switch response.status {
            case 200..<300: return response
            case 422: throw Unanswered.refused(reasons: Self.reasons(in: response))
            case 501: throw Unanswered.notOffered
            case 504: throw Unanswered.timedOut
            case _: throw Unanswered.failed(reason: "status \(response.status)")
            }
        }
    }

    private static func availability(_ object: ObjectReader) -> AvailabilityAnswer {
        AvailabilityAnswer(
            offers: (object.optionalObjects("serviceSpecifications") ?? []).compactMap(offer),
            site: SiteInformation(object.optionalObject("siteInformation")),
            reasons: (object.optionalObjects("unavailabilityReasons") ?? []).compactMap { reason in
                reason.requiredString("code").map { .init(code: $0, text: reason.optionalString("text") ?? "") }
            }
        )
    }

    private static func offer(_ object: ObjectReader) -> AvailabilityAnswer.Offer? {
        guard let id = object.requiredString("id", length: 1...50) else { return nil }
        var values: [String: [String]] = [:]
        for each in object.optionalObjects("serviceCharacteristics") ?? [] {
            guard let name = each.requiredString("name") else { continue }
            values[name] = each.optionalStrings("values") ?? []
        }
        return .init(id: id, name: object.optionalString("name") ?? id, characteristics: values)
    }

    static func document(_ response: OutboundResponse) throws -> JSONDocument {
        do {
            return try JSONDocument(parsing: response.body)
        } catch {
            throw Unanswered.failed(reason: "its answer is no JSON")
        }
    }

    private static func json(_ address: PremisesAddress) -> String {
        JSONWriter.string { json in json.object { $0.wholesaleIdentifiers(of: address) } }
    }

    static func query(_ fields: [(String, String)]) -> String {
        "?" + fields.map { "\($0.0)=\(FormText.encode($0.1))" }.joined(separator: "&")
    }
}
