import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Storage

/// What the desk can do with a job, as the path's last part spells it.
package enum JobAction: String, CaseIterable, Sendable {
    /// `{partner?}`: to another partner; to the next that can, where none is named.
    case redispatch
    /// `{reasonCode?, force?}`: the visit is called off.
    case cancel
    /// `{jobType, appointmentDate, appointmentStartTime?}`: the next visit of the job's order.
    case visits
}

extension JobDesk {
    /// `POST /operator/v1/jobs/{reference}/{action}`: 200 and the job as it then is, 201 and the new job's reference for
    /// `visits`; 409 where its state does not allow it, 422 where a value breaks a rule.
    ///
    /// With an `X-Request-ID` it is done once: a repeat gets the first answer again for 24 hours (decision 5).
    func perform(_ request: Request, _ parameters: Parameters, by name: String) async throws -> ByteResponse {
        let id = try Self.id(parameters)
        let spelling = try parameters.require("action")
        guard let action = JobAction(rawValue: spelling) else {
            let allowed = JobAction.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError(.notFound, "There is no action \(spelling). There are: \(allowed).")
        }
        let requestID = try NetworkDesk.requestID(request.headers)
        let body = try await RequestBody.collect(request)
        let words = try JobWords(body, for: action)
        if let partner = words.partner, exchange.directory.partner(partner) == nil {
            let problem = Rejection.Problem("/partner", "is no partner of the operator's")
            throw APIError(.unprocessableContent, "There is no partner \(partner).", problems: [problem])
        }
        let booking = try await booking(for: words)
        let key = requestID.map { IdempotencyKey(scope: "\(name) \(request.route)", key: $0, body: body) }
        let hash = key?.bodyHash ?? ""
        let deed: @Sendable (inout Change) throws -> StoredAnswer = { [book] change in
            switch action {
            case .redispatch:
                try change.decide(id) { try $0.redispatch(to: words.partner, at: $1) }
                return .json(JobView.json(try change.require(id), at: change.now), of: hash)
            case .cancel:
                let reason = words.reason ?? .operatorWithdrawn
                try change.decide(id) { try $0.cancel(because: reason, isForced: words.isForced, at: $1) }
                return .json(JobView.json(try change.require(id), at: change.now), of: hash)
            case .visits:
                let next = NextVisitWish(words: words, booking: booking, book: book)
                return .json(try next.book(after: id, in: &change), of: hash, status: 201)
            }
        }
        let cause = Cause("desk \(action.rawValue)", by: name)
        do {
            let answer: StoredAnswer
            if let key {
                answer = try await exchange.answer(key, cause, deed).answer
            } else {
                answer = try await exchange.change(cause, deed)
            }
            return ByteResponse(answer)
        } catch let refusal as BookingRefusal {
            let rejection = refusal.rejection
            throw APIError(.init(code: rejection.code.deskStatus), rejection.message)
        } catch let rejection as Rejection where rejection.code == .notFound {
            throw Self.absent(try parameters.require("reference"))
        } catch let rejection as Rejection {
            throw APIError(rejection: rejection, status: .init(code: rejection.code.deskStatus))
        }
    }

    /// A number and a key for an appointment, where the visit needs one.
    private func booking(for words: JobWords) async throws -> AppointmentBook.Booking? {
        guard let type = words.jobType, NextVisitWish.needsAppointment(type) else { return nil }
        return try await book.draw(from: exchange, owner: .house, conversation: ConversationID(""))
    }
}

/// The JSON body of an action. Another action's member is refused by name.
struct JobWords: Equatable, Sendable {
    var partner: PartnerID?
    var reason: JobCancellation?
    var isForced = false
    var jobType: JobPack.JobType?
    var day: CivilDate?
    var startTime: String?

    /// - Throws: ``APIError`` 400 with everything that is wrong.
    init(_ bytes: [UInt8], for action: JobAction) throws(APIError) {
        let problems = Problems()
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes.isEmpty ? Array("{}".utf8) : bytes)
        } catch {
            throw .malformed(error)
        }
        let object = ObjectReader(document.root, problems: problems)
        switch action {
        case .redispatch:
            partner = object.optionalString("partner", length: 1...36).map { PartnerID($0) }
        case .cancel:
            reason = object.optionalEnum("reasonCode")
            isForced = object.optionalBool("force") ?? false
        case .visits:
            jobType = object.requiredEnum("jobType")
            if let text = object.requiredString("appointmentDate", length: 10...10) {
                day = CivilDate(text)
                if day == nil { object.report(.pattern, "appointmentDate", "must be a day such as 2027-01-31") }
            }
            startTime = object.optionalString("appointmentStartTime", length: 5...5)
        }
        object.finish(rejectUnknown: true)
        guard problems.isEmpty else { throw .malformed(problems.all) }
    }
}

extension StoredAnswer {
    fileprivate static func json(_ bytes: [UInt8], of hash: String, status: Int = 200) -> StoredAnswer {
        StoredAnswer(status: status, contentType: "application/json", body: bytes, bodyHash: hash)
    }
}
