import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Storage

extension JobBook {
    /// `POST /partner/v1/jobs/{id}/{event}`: 200 and the job as it then is; 409 where its state does not allow it, 422
    /// where a value breaks a rule. What the operator makes of it comes later, in the job's `steps`.
    ///
    /// With an `X-Request-ID` it is done once: a repeat gets the first answer again for 24 hours (decision 5), so that an
    /// app without a signal may send until it is heard.
    func perform(_ request: Request, _ parameters: Parameters, by name: String) async throws -> ByteResponse {
        let id = try Self.id(parameters)
        let spelling = try parameters.require("event")
        guard let verb = WorkOrderEvent.Name(rawValue: spelling) else {
            let known = WorkOrderEvent.Name.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError(.notFound, "There is no event \(spelling). There are: \(known).")
        }
        let requestID = try Self.requestID(request.headers)
        let body = try await RequestBody.collect(request)
        let event = try WorkOrderEvent(verb, body, at: exchange.time.now())
        let cause = Cause("job \(spelling)", by: name)
        do {
            guard let requestID else {
                let order = try await exchange.change(id, of: nil, cause) { [catalogue] in
                    try $0.perform(event, catalogue, at: $1)
                }
                return ByteResponse(bytes: WorkOrderView.json(order))
            }
            let key = IdempotencyKey(scope: "\(name) \(request.route)", key: requestID, body: body)
            let answered = try await exchange.answer(key, cause) { [catalogue] change in
                let order = try change.decide(id) { try $0.perform(event, catalogue, at: $1) }
                return StoredAnswer(
                    status: 200,
                    contentType: "application/json",
                    body: WorkOrderView.json(order),
                    bodyHash: key.bodyHash
                )
            }
            return ByteResponse(answered.answer)
        } catch let rejection as Rejection where rejection.code == .notFound {
            throw Self.absent(id.description)
        } catch let rejection as Rejection {
            throw APIError(rejection: rejection, status: .init(code: rejection.code.jobBookStatus))
        }
    }

    /// Optional here: people at a terminal have none.
    private static func requestID(_ fields: HTTPFields) throws(APIError) -> String? {
        guard let value = fields[.requestID], !value.isEmpty else { return nil }
        guard ConversationHeaders.isFit(value) else {
            let message = "The header X-Request-ID must be 1 to 100 printable ASCII characters."
            throw .malformed([Problem(pointer: "", code: .pattern, message: message)])
        }
        return value
    }
}

extension Rejection.Code {
    /// How a refusal is reported to a partner's app. There is no `default`.
    var jobBookStatus: Int {
        switch self {
        case .notFound: 404
        case .invalid, .keyReused, .closureCodeMismatch: 422
        case .illegalTransition, .alreadyExists, .slotTaken, .reservationUnusable, .appointmentRule, .unknownService,
            .unknownSupplier, .notOffered, .duplicateDevice, .notYours:
            409
        }
    }
}
