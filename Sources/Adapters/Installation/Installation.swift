import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// The Installation API as the operator serves it (I-001 … I-007): JSON-RPC over mutual TLS, one address for all.
///
/// Every message is understood whole, with all its problems named, let in once, decided by its job and written down
/// with what follows, and only then acknowledged with `{}` (G-132).
package struct Installation: Sendable {
    /// What a partner may call. A method, a file.
    static let operations: [String: PartnerOperation] = [
        NotifyJob.method: NotifyJob.operation,
        CloseJob.method: CloseJob.operation,
    ]

    /// How long the same message gets the same reply (G-133).
    static let answerLifetime: Duration = .seconds(7 * 24 * 60 * 60)

    let exchange: Exchange
    let data: InstallationData

    package init(exchange: Exchange, data: InstallationData) {
        self.exchange = exchange
        self.data = data
    }

    /// `POST` to the address itself, or to the address and the method (G-120).
    package func addRoutes(to routes: RouterGroup<PartnerContext>) {
        routes.post(use: serve)
        routes.post("{method}", use: serve)
    }

    @Sendable private func serve(request: Request, context: PartnerContext) async throws -> ByteResponse {
        try await receive(
            request,
            pathMethod: context.parameters.get("method"),
            from: context.partner,
            requestID: context.reference,
            logger: context.logger
        )
    }

    /// A message of a partner whose certificate was checked: understood, let in once, decided, answered.
    func receive(
        _ request: Request,
        pathMethod: String?,
        from partner: PartnerID,
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
        let message = LoggedMessage.inbound(
            request,
            body: body,
            from: "partner/\(partner)",
            to: "operator",
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
            return try await answer(body, pathMethod: pathMethod, from: partner, logging: message)
        } catch let refusal as RPCRefusal {
            return await refuse(refusal, logging: message, logger)
        } catch {
            return ByteResponse(
                failing: error,
                body,
                reference: requestID,
                "an installation message failed",
                logger
            )
        }
    }

    // MARK: -

    private func answer(
        _ body: [UInt8],
        pathMethod: String?,
        from partner: PartnerID,
        logging message: LoggedMessage
    ) async throws -> ByteResponse {
        let call = try PartnerCall(parsing: body, pathMethod: pathMethod)
        var message = message
        message.operation = call.method
        message.messageID = String(call.id)
        do {
            let profile = exchange.directory.partner(partner)?.profile ?? .published
            let understood = try call.understood(by: profile, with: data)
            message.warnings = understood.warnings
            return try await letIn(understood, call, body, from: partner, profile, logging: message)
        } catch let rejection as Rejection {
            throw RPCRefusal(id: .integer(call.id), error: RPCError(rejection))
        }
    }

    /// Once: the same id, method and ref with the same content gets the first reply again (G-133).
    private func letIn(
        _ understood: Understood,
        _ call: PartnerCall,
        _ body: [UInt8],
        from partner: PartnerID,
        _ profile: InstallationProfile,
        logging message: LoggedMessage
    ) async throws -> ByteResponse {
        let acknowledgement = profile.acknowledgement.bytes(id: call.id)
        let key = IdempotencyKey(
            installation: "partner/\(partner)",
            id: call.id,
            call.method,
            understood.reference,
            body: body,
            numbersPerConnection: profile.numbersPerConnection == true
        )
        guard let job = InstallationJob.id(reference: understood.reference) else {
            throw Rejection(.notFound, "There is no job \(understood.reference).")
        }
        let cause = Cause(understood.name, by: "partner/\(partner)")
        let answered = try await answerOnce(key, cause, about: job, by: partner) { change in
            let decided = try understood.decide(&change, job, .partner(partner))
            var message = message
            message.status = 200
            message.responseBody = acknowledgement
            message.conversation = decided.job.conversation.rawValue
            message.warnings += decided.warnings + decided.job.remarks.map(\.text)
            try change.log(message, about: decided.job.ref)
            return StoredAnswer(
                status: 200,
                contentType: "application/json",
                body: acknowledgement,
                bodyHash: key.bodyHash
            )
        }
        if answered.isRepeat {
            var message = message
            message.status = answered.answer.status
            message.responseBody = acknowledgement
            message.entity = EntityRef(kind: .installationJob, number: job.number)
            message.verdict = "duplicate"
            try await exchange.log(message)
            // The first may have come under another id.
            return ByteResponse(bytes: acknowledgement)
        }
        return ByteResponse(answered.answer)
    }

    /// Decides a message of the partner that holds the job, once. One that has another's id raises an alert besides being
    /// refused: its partner believes that it was heard.
    private func answerOnce(
        _ key: IdempotencyKey,
        _ cause: Cause,
        about job: ID<InstallationJob>,
        by partner: PartnerID,
        _ decide: @escaping @Sendable (inout Change) throws -> StoredAnswer
    ) async throws -> Answered {
        do {
            return try await exchange.answer(key, lifetime: Self.answerLifetime, cause) { change in
                try Self.requireHolder(of: job, partner, in: change)
                return try decide(&change)
            }
        } catch let rejection as Rejection where rejection.code == .keyReused {
            let alert = Alert(messageIDReusedBy: "partner \(partner)", rejection)
            try await exchange.change(cause) { try $0.raise(alert, about: job) }
            throw rejection
        }
    }

    /// What broke no state is written down all the same: somebody will ask why it was refused.
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
        message.verdict = "refused: \(refusal.error.code) \(refusal.error.message)"
        // A copy that can't be written must not turn a clear refusal into a failure.
        do { try await exchange.log(message) } catch {
            logger.error("a refusal could not be logged", metadata: ["pb-error": "\(error)"])
        }
        return ByteResponse(status: status, bytes: bytes)
    }
}

extension InstallationProfile.Acknowledgement {
    /// What a message that was taken is answered (G-132).
    func bytes(id: Int64) -> [UInt8] {
        switch self {
        case .empty: RPCReply.empty
        case .jsonrpc: RPCReply.success(.integer(id))
        }
    }
}

extension Installation {
    /// How this contract spells 401 and 403 (G-132).
    package static let unauthorised: MutualTLSAuthentication.Unauthorised = { status, reason, _ in
        refusal(status, reason).response
    }

    static func refusal(_ status: HTTPResponse.Status, _ reason: String) -> ByteResponse {
        let error = RPCError(
            code: RPCError.invalidRequest,
            message: status == .forbidden ? "Forbidden" : "Unauthorized",
            data: JSONWriter.bytes { $0.object { $0.field("detail", reason) } }
        )
        return ByteResponse(status: status, bytes: RPCReply.failure(.null, error))
    }
}
