import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Logging
import Storage

extension Ticketing {
    /// Understands a request, lets its operation answer, and answers in the form that it came in. What is wrong is
    /// said in the operation's own element, or for appointments in a SOAP Fault (decision 33).
    ///
    /// At the WSDL's one address a ticket may be in the WSDL's namespace too, and an envelope is answered with the statuses
    /// that SOAP stacks read (``AnswerForm``).
    ///
    /// - Parameter reference: under which the log knows the request.
    func serve(
        _ request: Request,
        _ buyer: TicketingBuyer,
        _ expected: TicketingOperation?,
        reference: String
    ) async -> ByteResponse {
        var bytes: [UInt8] = []
        var understood: TicketingRequest?
        var operation = expected
        do {
            bytes = try await RequestBody.collect(request)
            let message = try TicketingRequest(bytes, brokenXMLStatus: buyer.terms.brokenXMLStatus)
            understood = message
            operation = expected ?? TicketingOperation.named(root: message.element)
            let valid = try message.operation(expected: expected, schemas: schemas)
            var form = AnswerForm(request.headers, at: expected, message, bytes)
            form.isEnveloped = form.isEnveloped || valid.isAppointment
            let caller = caller(request, buyer, bytes, valid, message, form)
            return form.response(try await perform(valid, message, caller))
        } catch {
            let problem = problem(of: error, in: operation, reference: reference)
            var form = AnswerForm(request.headers, at: expected, understood, bytes)
            form.keepsStatus = problem.subject == .transport && AnswerForm.statusesKept.contains(problem.status)
            return await refuse(problem, request, buyer, bytes, operation, understood, form)
        }
    }

    /// Every error as this contract tells it: none leaves in the words of another interface.
    private func problem(
        of error: any Error,
        in operation: TicketingOperation?,
        reference: String
    ) -> TicketingProblem {
        switch error {
        case let problem as TicketingProblem: return problem
        case let rejection as Rejection: return TicketingProblem(rejection, in: operation ?? .addFaultReport)
        case let error as APIError: return TicketingProblem(error)
        case _:
            if let unavailable = TicketingProblem(unavailable: error) { return unavailable }
            let uuid = APIError.uuid(ofRequest: reference)
            logger.error(
                "a ticketing message failed",
                metadata: ["pb-uuid": "\(uuid)", "pb-error": "\(AnswerErrors.kind(of: error))"]
            )
            return TicketingProblem(failed: uuid)
        }
    }

    private func perform(
        _ operation: TicketingOperation,
        _ message: TicketingRequest,
        _ caller: TicketingCaller
    ) async throws -> TicketingAnswer {
        switch operation {
        case .queryAppointmentAvailability: try await queryAppointmentAvailability(message, caller)
        case .reserveAppointment: try await reserveAppointment(message, caller)
        case .addFaultReport: try await addFaultReport(message, caller)
        case .amendFaultReport: try await amendFaultReport(message, caller)
        case .resolveResponse: try await resolveResponse(message, caller)
        case .requestFaultReportUpdate: try await requestFaultReportUpdate(message, caller)
        }
    }

    /// Answers a ticket message once (G-143): decision, receipt and raw copy in one commit; the same again for a resend.
    func answer(
        _ operation: TicketingOperation,
        _ request: TicketingRequest,
        _ header: TicketHeader,
        _ caller: TicketingCaller,
        _ warnings: [String],
        _ decide: @escaping @Sendable (inout Change) throws -> (FaultReport, Int)
    ) async throws -> TicketingAnswer {
        try await answerOnce(operation, request, id: header.key, caller) { change in
            let (ticket, status) = try decide(&change)
            let receipt = TicketReceipt(
                name: operation.answer,
                buyerIdentifier: header.buyerIdentifier,
                sentAt: change.now,
                messageID: header.messageID,
                ticket: operation.answersWithTicket
                    ? .init(buyerReference: ticket.buyerReference, status: ticket.status) : nil,
                responseCode: status,
                attachments: operation.answersWithTicket ? ticket.attachments.map(place) : []
            )
            return (TicketingAnswer(status: status, bare: receipt.bare), ticket.ref, warnings)
        }
    }

    /// Where a file of a ticket is to be sent, while it is awaited.
    private func place(of attachment: Attachment) -> TicketReceipt.Attachment {
        TicketReceipt.Attachment(
            name: attachment.name,
            url: attachment.isUploaded ? nil : "\(publicURL)/prod/api2/attachments/\(attachment.key)",
            isUploaded: attachment.isUploaded
        )
    }

    /// Draws a key for each file that a message announces: before the commit, which may run twice.
    func wishes(for names: [String]) -> [AttachmentWish] {
        names.map { AttachmentWish(name: $0, key: exchange.ids.key(length: UploadAttachment.keyCharacters)) }
    }

    func answerOnce(
        _ operation: TicketingOperation,
        _ request: TicketingRequest,
        id: String,
        _ caller: TicketingCaller,
        _ decide: @escaping @Sendable (inout Change) throws -> (TicketingAnswer, EntityRef, warnings: [String])
    ) async throws -> TicketingAnswer {
        let key = IdempotencyKey(
            scope: "buyer/\(caller.buyer) ticketing",
            key: id,
            bodyHash: request.contentHash,
            earlierHash: { request.earlierContentHash }
        )
        let cause = Cause(operation.rawValue, by: "buyer/\(caller.buyer)")
        let answered = try await exchange.answer(key, lifetime: Self.answerLifetime, cause) { change in
            let (answer, entity, warnings) = try decide(&change)
            var copy = caller.log
            copy.status = caller.form.status(of: answer)
            copy.responseBody = LoggedMessage.kept(answer.bare)
            copy.warnings = warnings
            try change.log(copy, about: entity)
            return StoredAnswer(
                status: answer.status,
                contentType: Self.contentType,
                body: answer.bare,
                bodyHash: key.bodyHash
            )
        }
        let answer = TicketingAnswer(status: answered.answer.status, bare: answered.answer.body)
        if answered.isRepeat {
            var copy = caller.log
            copy.status = caller.form.status(of: answer)
            copy.verdict = "duplicate"
            try await exchange.log(copy)
        }
        return answer
    }

    private func caller(
        _ request: Request,
        _ buyer: TicketingBuyer,
        _ bytes: [UInt8],
        _ operation: TicketingOperation?,
        _ message: TicketingRequest?,
        _ form: AnswerForm
    ) -> TicketingCaller {
        let headers = ConversationHeaders(optional: request.headers)
        var log = LoggedMessage.inbound(
            request,
            body: bytes,
            from: "buyer/\(buyer.id)",
            to: "operator",
            contract: "ticketing",
            operation: operation?.rawValue ?? "unknown",
            at: exchange.time.now()
        )
        log.messageID = message.flatMap { ($0.element.first("message") ?? $0.element).text(of: "messageId") }
        return TicketingCaller(
            buyer: buyer.id,
            terms: buyer.terms,
            conversation: headers?.conversationID,
            log: log,
            form: form
        )
    }
}

// MARK: - Refusals

extension Ticketing {
    static let contentType = "text/xml; charset=utf-8"

    private func refuse(
        _ problem: TicketingProblem,
        _ request: Request,
        _ buyer: TicketingBuyer,
        _ bytes: [UInt8],
        _ operation: TicketingOperation?,
        _ message: TicketingRequest?,
        _ form: AnswerForm
    ) async -> ByteResponse {
        let now = exchange.time.now()
        let answer = Self.answer(problem, operation, message?.element, form, at: now)
        let operation = operation ?? .addFaultReport
        var form = form
        form.isEnveloped = form.isEnveloped || answer.isFault
        var copy = caller(request, buyer, bytes, operation, message, form).log
        copy.status = form.status(of: answer)
        copy.responseBody = LoggedMessage.kept(answer.bare)
        copy.verdict = "refused: \(problem.errorMessage)"
        // A copy that can't be written must not turn a clear refusal into a failure.
        do { try await exchange.log(copy) } catch {
            logger.error("a refusal could not be logged", metadata: ["pb-error": "\(error)"])
        }
        var response = form.response(answer)
        response.headers = problem.headers
        return response
    }

    /// The operation's own element, with what is known of the message; empty strings for the rest (decision 33). A fault
    /// for appointments, and at the WSDL's one address for an envelope in which no operation was found, or whose trouble is
    /// none of the message's: then its detail is the receipt.
    static func answer(
        _ problem: TicketingProblem,
        _ operation: TicketingOperation?,
        _ element: XMLElement?,
        _ form: AnswerForm,
        at now: Date
    ) -> TicketingAnswer {
        if let operation, operation.isAppointment {
            return .fault(problem, entriesIn: form.isByWSDL ? TicketingWSDL.namespace : nil)
        }
        let receipt = receipt(problem, operation ?? .addFaultReport, element, at: now)
        if form.isByWSDL, operation == nil || problem.faultCode != nil || problem.subject != .message {
            return .fault(problem, receipt: form.namespace.root(of: receipt.bare))
        }
        return problem.faultCode == nil ? receipt : .fault(problem, entriesIn: nil)
    }

    private static func receipt(
        _ problem: TicketingProblem,
        _ operation: TicketingOperation,
        _ element: XMLElement?,
        at now: Date
    ) -> TicketingAnswer {
        func known(_ name: String) -> String {
            String((element?.text(of: name) ?? "").unicodeScalars.prefix(TicketHeader.charactersMax))
        }
        let receipt = TicketReceipt(
            name: operation.answer,
            buyerIdentifier: known("buyerIdentifier"),
            sentAt: now,
            messageID: known("messageId"),
            ticket: operation.answersWithTicket
                ? .init(buyerReference: known("buyerFaultReference"), status: .rejected) : nil,
            responseCode: problem.status,
            errorMessage: problem.errorMessage
        )
        return TicketingAnswer(status: problem.status, bare: receipt.bare)
    }

    /// 401 and 403 in this contract's words, before anything of the body is read.
    @Sendable static func unauthorised(_ status: HTTPResponse.Status, _ reason: String, _ request: Request) -> Response
    {
        let last = request.uri.path.split(separator: "/").last.map(String.init) ?? ""
        let operation = TicketingOperation(rawValue: last)
        let problem = TicketingProblem(status: status.code, "certificate", reason)
        var form = AnswerForm(request.headers, at: last == "api2" ? nil : operation ?? .addFaultReport, nil, [])
        form.keepsStatus = true
        let answer = answer(problem, operation, nil, form, at: TimeSource.real.now())
        form.isEnveloped = form.isEnveloped || answer.isFault
        return form.response(answer).response
    }

    /// What a SOAP stack is told whose envelope does not arrive in time; `nil` for any other request.
    @Sendable package static func late(_ request: HTTPRequest) -> ByteResponse? {
        guard request.method == .post, request.path?.prefix(while: { $0 != "?" }) == address[...] else { return nil }
        let form = AnswerForm(request.headerFields, at: nil, nil, [])
        guard form.isByWSDL else { return nil }
        var problem = TicketingProblem(status: 408, "body", RequestDeadline.words)
        problem.subject = .transport
        return form.response(answer(problem, nil, nil, form, at: TimeSource.real.now()))
    }
}

extension String {
    fileprivate init(_ scalars: Substring.UnicodeScalarView) {
        self = String(Substring(scalars))
    }
}
