import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes

/// The questions that a tenant waits for (decision 3): asked with a deadline, logged, nothing stored.
extension NativeSupplier: SupplierQuestions {
    package func availability(_ question: AvailabilityQuestion) async throws -> AvailabilityAnswer {
        let query = Self.query([("address", Self.json(question.address))])
        let path = "/service-availability" + query
        return try await ask(.get, path, question.asker, as: "GET /service-availability") { response in
            try Self.read(response) { Self.availability($0) }
        }
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
        return try await ask(.get, path, question.asker, as: "GET /available-appointments") { response in
            try Self.read(response) { reader in
                reader.requiredObjects("timeslots", count: 0...10_000)?.compactMap { WholesaleReading.timeslot($0) }
            }
        }
    }

    package func reserve(_ question: ReserveQuestion) async throws -> ReservedSlot {
        let body = NativeSpelling.body(question)
        let number = question.reservation.number
        return try await ask(.post, "/appointments", question.asker, as: "POST /appointments", body) { response in
            let answer = NativeAnswer(response, to: .reservation, number: number)
            switch answer.verdict {
            case .done:
                guard let held = answer.reservedSlot else {
                    throw Unanswered.failed(reason: "its answer holds no slot")
                }
                return held
            case .accepted: throw Unanswered.failed(reason: response.nature)
            case .refused(let reasons): throw Unanswered.refused(reasons: reasons)
            case .notOffered: throw Unanswered.notOffered
            case .unreadable(let reason): throw Unanswered.failed(reason: reason)
            case .other: throw Self.byStatus(response)
            }
        }
    }

    /// The answer to a reservation, whenever it comes. It says which slot is held: it may be wider than was asked for.
    static func reservedSlot(in root: JSONValue) -> ReservedSlot? {
        let problems = Problems()
        let reader = ObjectReader(root, problems: problems)
        let reference = reader.requiredName("supplierReference", length: WholesaleLimits.reference)
        let expires = reader.requiredDateTime("expiryDateTime")
        let slot = WholesaleReading.timeslot(reader.requiredObject("timeslot"))
        guard problems.isEmpty, let reference, let expires, let slot else { return nil }
        return ReservedSlot(reference: reference, expires: expires, slot: slot)
    }

    /// Asks, judges the answer by `read`, and logs both.
    func ask<Value>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ asker: Asker,
        as operation: String,
        _ body: [UInt8] = [],
        read: (OutboundResponse) throws -> Value
    ) async throws -> Value {
        let request = request(
            method,
            path,
            tenant: asker.tenant.rawValue,
            conversation: asker.conversation,
            requestID: asker.requestID,
            body: body
        )
        let answer = await access.send(request)
        let message = logged(request, answer, as: operation, at: exchange.time.now())
        do {
            let value = try Self.judge(answer, read)
            try await exchange.log(message)
            return value
        } catch let why as Unanswered {
            try await exchange.logUnanswered(message, why)
            throw why
        }
    }

    private static func judge<Value>(
        _ answer: Result<OutboundResponse, OutboundFailure>,
        _ read: (OutboundResponse) throws -> Value
    ) throws -> Value {
        switch answer {
        case .failure(let failure) where failure.kind == .timeout: throw Unanswered.timedOut
        case .failure(let failure): throw Unanswered.failed(reason: failure.text)
        case .success(let response): return try read(response)
        }
    }

    /// A question is answered 200, and by nothing else (G-090).
    static func read<Value>(_ response: OutboundResponse, _ understand: (ObjectReader) -> Value?) throws -> Value {
        guard response.status == 200 else { throw byStatus(response) }
        guard response.unreadable == nil, let document = try? JSONDocument(parsingAnswer: response.body),
            document.root.kind == .object
        else { throw Unanswered.failed(reason: "its answer cannot be read: \(response.nature)") }
        let problems = Problems()
        let value = understand(ObjectReader(document.root, problems: problems))
        guard problems.isEmpty, let value else {
            let found = problems.all.prefix(3).map { "\($0.pointer) \($0.message)" }.joined(separator: "; ")
            throw Unanswered.failed(reason: "its answer cannot be read: \(found)")
        }
        return value
    }

    static func byStatus(_ response: OutboundResponse) -> Unanswered {
        switch response.status {
        case 200..<300: .failed(reason: "\(response.reason), which answers no question")
        case 422: .refused(reasons: NativeAnswer.reasons(in: response))
        case 501: .notOffered
        case 504: .timedOut
        case _: .failed(reason: response.reason)
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

    private static func json(_ address: PremisesAddress) -> String {
        JSONWriter.string { json in json.object { $0.wholesaleIdentifiers(of: address) } }
    }

    static func query(_ fields: [(String, String)]) -> String {
        "?" + fields.map { "\($0.0)=\(FormText.encode($0.1))" }.joined(separator: "&")
    }
}
