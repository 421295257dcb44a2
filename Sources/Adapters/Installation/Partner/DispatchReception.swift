import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// The Installation API as an installation partner serves it: `createJob`, `cancelJob` and `notifyJob` of an operator
/// (I-008), over mutual TLS.
///
/// Each dispatch is understood whole, let in once, written down in the book, and only then acknowledged: what an operator
/// was told is in the book survives whatever happens to us next.
package struct DispatchReception: Sendable {
    /// How long the same message gets the same reply (G-133).
    static let answerLifetime: Duration = .seconds(7 * 24 * 60 * 60)

    let exchange: Exchange
    let keeping: BookKeeping

    package init(exchange: Exchange, keeping: BookKeeping = BookKeeping()) {
        self.exchange = exchange
        self.keeping = keeping
    }

    /// `POST` to the address and the method, or to the address itself (G-120).
    package func addRoutes(to routes: RouterGroup<DispatcherContext>) {
        routes.post(use: serve)
        routes.post("{method}", use: serve)
    }

    @Sendable private func serve(request: Request, context: DispatcherContext) async throws -> ByteResponse {
        try await receive(
            request,
            pathMethod: context.parameters.get("method"),
            from: Dispatcher(id: context.dispatcher, terms: context.terms),
            requestID: context.reference,
            logger: context.logger
        )
    }

    /// An operator whose certificate was checked.
    struct Dispatcher: Sendable {
        let id: DispatcherID
        let terms: DispatcherTerms

        var name: String { "dispatcher/\(id)" }
    }

    func receive(
        _ request: Request,
        pathMethod: String?,
        from dispatcher: Dispatcher,
        requestID: String,
        logger: Logger
    ) async throws -> ByteResponse {
        var body: [UInt8] = []
        var unreadable: APIError?
        do {
            body = try await RequestBody.collect(request)
        } catch let error as APIError {
            unreadable = error
        }
        var message = LoggedMessage.inbound(
            request,
            body: body,
            from: dispatcher.name,
            to: keeping.name,
            contract: "installation",
            operation: pathMethod ?? "unknown",
            at: exchange.time.now()
        )
        if let unreadable {
            var refusal = await refuse(RPCRefusal(unreadable), status: unreadable.status, logging: message, logger)
            refusal.headers = unreadable.headers
            return refusal
        }
        do {
            let dispatch = try UnderstoodDispatch(parsing: body, pathMethod: pathMethod, at: exchange.time.now())
            message.operation = dispatch.method
            message.messageID = "\(dispatch.method)/\(dispatch.id)/\(dispatch.reference)"
            message.warnings = dispatch.warnings
            return try await letIn(dispatch, body, from: dispatcher, logging: message)
        } catch let refusal as RPCRefusal {
            return await refuse(refusal, logging: message, logger)
        } catch {
            return ByteResponse(failing: error, body, reference: requestID, "a dispatch failed", logger)
        }
    }

    // MARK: -

    /// Once: the same id, method and ref with the same content gets the first reply again (G-133).
    private func letIn(
        _ dispatch: UnderstoodDispatch,
        _ body: [UInt8],
        from dispatcher: Dispatcher,
        logging message: LoggedMessage
    ) async throws -> ByteResponse {
        let key = IdempotencyKey(
            installation: dispatcher.name,
            id: dispatch.id,
            dispatch.method,
            dispatch.reference,
            body: body,
            numbersPerConnection: dispatcher.terms.numbersPerConnection == true
        )
        let fresh = try await dispatch.isNewJob ? exchange.draw(WorkOrder.self) : ID(0)
        let cause = Cause(dispatch.method, by: dispatcher.name)
        let answered: Answered
        do {
            answered = try await exchange.answer(key, lifetime: Self.answerLifetime, cause) { change in
                let (order, reply) = try decide(dispatch, from: dispatcher, fresh, in: &change)
                var message = message
                message.status = 200
                message.responseBody = reply
                message.verdict = keeping.verdict(200, false, dispatch.warnings)
                message.conversation = order.conversation.rawValue
                try change.log(message, about: order.ref)
                return StoredAnswer(status: 200, contentType: "application/json", body: reply, bodyHash: key.bodyHash)
            }
        } catch let rejection as Rejection {
            if rejection.code == .keyReused { try await alert(rejection, dispatch, from: dispatcher, cause) }
            throw RPCRefusal(id: .integer(dispatch.id), error: rejection.dispatchError)
        }
        if answered.isRepeat {
            var message = message
            let reply = RPCReply.renumbered(answered.answer.body, .integer(dispatch.id))
            message.status = answered.answer.status
            message.responseBody = reply
            message.verdict = keeping.verdict(answered.answer.status, true, [])
            try await exchange.log(message)
            return ByteResponse(bytes: reply)
        }
        return ByteResponse(answered.answer)
    }

    /// A dispatch under another one's id is refused; the office must hear of it, for the operator believes that it was
    /// heard.
    private func alert(
        _ rejection: Rejection,
        _ dispatch: UnderstoodDispatch,
        from dispatcher: Dispatcher,
        _ cause: Cause
    ) async throws {
        let alert = Alert(messageIDReusedBy: "operator \(dispatcher.id)", rejection)
        let key = WorkOrder.referenceKey(dispatch.reference, of: dispatcher.id)
        try await exchange.change(cause) { change in
            let known = try change.find(WorkOrder.self, by: WorkOrder.referenceLookup, key, limit: 1).first
            if let known { try change.raise(alert, about: known.id) }
        }
    }

    /// What was refused is written down all the same: the operator will ask why.
    private func refuse(
        _ refusal: RPCRefusal,
        status: HTTPResponse.Status? = nil,
        logging message: LoggedMessage,
        _ logger: Logger
    ) async -> ByteResponse {
        let status = status ?? (refusal.error.code == RPCError.parseError ? .badRequest : .ok)
        let bytes = RPCReply.failure(refusal)
        var message = message
        message.status = status.code
        message.responseBody = bytes
        let problem = "refused: \(refusal.error.code) \(refusal.error.message)"
        message.verdict = keeping.verdict(status.code, false, message.warnings + [problem])
        // A copy that can't be written must not turn a clear refusal into a failure.
        do { try await exchange.log(message) } catch {
            logger.error("a refusal could not be logged", metadata: ["pb-error": "\(error)"])
        }
        return ByteResponse(status: status, bytes: bytes)
    }
}

extension Rejection {
    /// As the contract spells it (G-132), with a pointer into the operator's envelope.
    fileprivate var dispatchError: RPCError {
        let pointer = code == .keyReused ? "/id" : "/ref"
        let named = problems.isEmpty ? [Problem(pointer, message)] : problems
        return RPCError(Rejection(code, message, problems: named))
    }
}
