import Domain
import Engine
import FoundationEssentials
import Formats
import Hummingbird

/// What the desk can do with a ticket, as the path's last part spells it (decision 22).
package enum DeskEvent: String, CaseIterable, Sendable {
    case triage
    case start
    case hold
    case resume
    case resolve
    case cancel
    case reject
    case appointmentConfirmed = "appointment-confirmed"
    case appointmentFailed = "appointment-failed"
    case appointmentCancelled = "appointment-cancelled"
    case appointmentCompleted = "appointment-completed"
    case appointmentMissed = "appointment-missed"
}

/// The optional JSON body of an event.
package struct DeskWords: Equatable, Sendable {
    package var reason: String?
    /// Of triage: what was found, and whether it is a fault of the network.
    package var findings: String?
    package var isFaultFound = true
    /// Of a visit that ended, or that did not take place.
    package var closureCode: VisitClosureCode?

    package init() {}

    init(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        let problems = Problems()
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            throw APIError.malformed(error)
        }
        let object = ObjectReader(document.root, problems: problems)
        reason = object.optionalString("reason", length: 1...1_000)
        findings = object.optionalString("findings", length: 1...1_000)
        isFaultFound = object.optionalBool("faultFound") ?? true
        closureCode = object.optionalEnum("closureCode")
        guard problems.isEmpty else {
            throw APIError.malformed(problems.all)
        }
    }
}

extension NetworkDesk {
    /// `POST /operator/v1/fault-reports/{maintainerFaultReference}/{event}`: 200 and the ticket as it then is; 409 where its
    /// state does not allow it.
    func perform(
        _ request: Request,
        _ parameters: Parameters,
        by name: String
    ) async throws -> ByteResponse {
        let id = try Self.id(parameters)
        let spelling = try parameters.require("event")
        guard let event = DeskEvent(rawValue: spelling) else {
            let allowed = DeskEvent.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError(.notFound, "There is no event \(spelling). There are: \(allowed).")
        }
        let words = try DeskWords(try await RequestBody.collect(request))
        do {
            let ticket = try await perform(event, words, on: id, by: name)
            return Self.response(ticket)
        } catch let rejection as Rejection {
            throw APIError(rejection: rejection, status: .init(code: rejection.code.deskStatus))
        }
    }

    /// The same without HTTP: for the sandbox's controls.
    @discardableResult
    package func perform(
        _ event: DeskEvent,
        _ words: DeskWords,
        on id: ID<FaultReport>,
        by name: String
    ) async throws -> FaultReport {
        try await exchange.change(id, of: nil, Cause("desk \(event.rawValue)", by: name)) { ticket, now in
            try ticket.perform(event, words, at: now)
        }
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
        case .hold: return try hold(because: reason ?? "Information is needed from the buyer", at: now)
        case .resume: return try resume(because: reason, at: now)
        case .resolve: return try resolve(because: reason ?? "Fault resolved", at: now)
        case .cancel: return try cancel(by: .seller, because: reason, at: now)
        case .reject: return try reject(because: reason ?? "Rejected", at: now)
        case .appointmentConfirmed: return try confirmVisit(because: reason, at: now)
        case .appointmentFailed: return try failVisit(because: reason, at: now)
        case .appointmentCancelled: return try cancelVisit(because: reason, at: now)
        case .appointmentCompleted:
            return try completeVisit(code: words.closureCode ?? .faultResolved, because: reason, at: now)
        case .appointmentMissed:
            let code = words.closureCode ?? .noAccess
            guard let cause = MissedVisit(code: code) else {
                let problem = Rejection.Problem(
                    "/closureCode",
                    "\(code.rawValue) is no reason to miss a visit: NA, FTA, MBORC"
                )
                throw Rejection(.invalid, problem.message, problems: [problem])
            }
            return try missVisit(cause: cause, because: reason, at: now)
        }
    }
}

extension Rejection.Code {
    /// How a refusal is reported to the desk. There is no `default`.
    var deskStatus: Int {
        switch self {
        case .notFound: 404
        case .invalid: 422
        case .illegalTransition, .alreadyExists, .slotTaken, .reservationUnusable, .appointmentRule, .unknownService,
            .unknownSupplier, .notOffered, .closureCodeMismatch, .duplicateDevice, .notYours, .keyReused:
            409
        }
    }
}
