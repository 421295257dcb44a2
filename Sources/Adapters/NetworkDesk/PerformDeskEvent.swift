import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Storage

extension NetworkDesk {
    /// `POST /operator/v1/fault-reports/{maintainerFaultReference}/{event}`: 200 and the ticket as it then is; 409 where
    /// its state does not allow it, 422 where a value breaks a rule.
    ///
    /// With an `X-Request-ID` it is done once: a repeat gets the first answer again for 24 hours (decision 5).
    func perform(_ request: Request, _ parameters: Parameters, by name: String) async throws -> ByteResponse {
        let id = try Self.id(parameters)
        let spelling = try parameters.require("event")
        guard let event = DeskEvent(rawValue: spelling) else {
            let allowed = DeskEvent.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError(.notFound, "There is no event \(spelling). There are: \(allowed).")
        }
        let requestID = try Self.requestID(request.headers)
        let body = try await RequestBody.collect(request)
        let words = try DeskWords(body, for: event, at: exchange.time.now())
        let cause = Cause("desk \(event.rawValue)", by: name)
        do {
            guard let requestID else {
                let ticket = try await exchange.change(id, of: nil, cause) { try $0.perform(event, words, at: $1) }
                return ByteResponse(bytes: TicketView.json(ticket, at: exchange.time.now()))
            }
            let key = IdempotencyKey(scope: "\(name) \(request.route)", key: requestID, body: body)
            let answered = try await exchange.answer(key, cause) { change in
                let ticket = try change.decide(id) { try $0.perform(event, words, at: $1) }
                return StoredAnswer(
                    status: 200,
                    contentType: "application/json",
                    body: TicketView.json(ticket, at: change.now),
                    bodyHash: key.bodyHash
                )
            }
            return ByteResponse(answered.answer)
        } catch let rejection as Rejection where rejection.code == .notFound {
            throw Self.absent(try parameters.require("reference"))
        } catch let rejection as Rejection {
            throw APIError(rejection: rejection, status: .init(code: rejection.code.deskStatus))
        }
    }

    /// Optional here: people at a terminal have none.
    static func requestID(_ fields: HTTPFields) throws(APIError) -> String? {
        guard let value = fields[.requestID], !value.isEmpty else { return nil }
        guard ConversationHeaders.isFit(value) else {
            let message = "The header X-Request-ID must be 1 to 100 printable ASCII characters."
            throw .malformed([Problem(pointer: "", code: .pattern, message: message)])
        }
        return value
    }
}

extension FaultReport {
    fileprivate mutating func perform(_ event: DeskEvent, _ words: DeskWords, at now: Date) throws(Rejection)
        -> [Effect]
    {
        let reason = words.reason
        switch event {
        case .triage:
            let findings = words.findings ?? (words.isFaultFound ? "Fault found in the network" : "No fault found")
            return try triage(findings: findings, isNetworkFault: words.isFaultFound, because: reason, at: now)
        case .start: return try start(because: reason, at: now)
        case .hold:
            return try hold(
                for: words.reasonCode ?? HoldReason.customer.code,
                because: reason ?? "Information is needed from the buyer",
                contacts: words.contacts,
                at: now
            )
        case .contactAttempts:
            var effects: [Effect] = []
            for attempt in words.contacts { effects += try contact(attempt, at: now) }
            return effects
        case .resume: return try resume(because: reason, at: now)
        case .resolve: return try resolve(because: reason ?? "Fault resolved", at: now)
        case .cancel: return try cancel(by: .seller, because: reason, at: now)
        case .reject: return try reject(because: reason ?? "Rejected", at: now)
        case .comment: return try comment(words.text ?? "", at: now)
        case .priority: return try prioritise(words.priority ?? 0, because: reason, at: now)
        case .appointmentConfirmed: return try confirmVisit(because: reason, at: now)
        case .appointmentFailed: return try failVisit(because: reason, at: now)
        case .appointmentCancelled: return try cancelVisit(because: reason, at: now)
        case .appointmentCompleted:
            return try completeVisit(code: words.closureCode ?? .faultResolved, because: reason, at: now)
        case .appointmentMissed: return try missVisit(cause: words.missed, because: reason, at: now)
        }
    }
}

extension DeskWords {
    /// Why a visit did not take place: by default the end user was not there.
    fileprivate var missed: MissedVisit {
        get throws(Rejection) {
            let code = closureCode ?? .noAccess
            let cause = isPreAgreed && code == .noAccess ? MissedVisit(endUserPreAgreed: true) : MissedVisit(code: code)
            guard let cause, !isPreAgreed || code == .noAccess else {
                let what = isPreAgreed ? "does not go with endUserPreAgreed" : "is no reason to miss a visit"
                let problem = Rejection.Problem("/closureCode", "\(code.rawValue) \(what): NA, FTA, MBORC")
                throw Rejection(.invalid, problem.message, problems: [problem])
            }
            return cause
        }
    }
}

extension Rejection.Code {
    /// How a refusal is reported to the desk. There is no `default`.
    var deskStatus: Int {
        switch self {
        case .notFound: 404
        case .invalid, .keyReused: 422
        case .illegalTransition, .alreadyExists, .slotTaken, .reservationUnusable, .appointmentRule, .unknownService,
            .unknownSupplier, .notOffered, .closureCodeMismatch, .duplicateDevice, .notYours:
            409
        }
    }
}
