import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

/// One request of a customer, with everything about it that an operation needs.
struct CustomerRequest: Sendable {
    let customer: CustomerID
    /// The customer's own tenant (G-001).
    let tenant: String
    let conversation: ConversationID
    let body: [UInt8]
    let key: IdempotencyKey
    let cause: Cause
    var message: LoggedMessage

    var owner: Owner { .customer(customer) }
}

/// What an operation answers, and about which entity.
struct CustomerAnswer: Sendable {
    let status: Int
    let entity: EntityRef?
    let json: [UInt8]

    init(status: Int, about entity: EntityRef? = nil, _ build: (inout JSONWriter) -> Void) {
        self.status = status
        self.entity = entity
        json = JSONWriter.bytes(build)
    }

    /// Nothing to say.
    init(emptyAbout entity: EntityRef?) {
        status = 204
        self.entity = entity
        json = []
    }
}

extension Wholesale {
    /// Takes a request in and answers it. Its name in journal and log is `operation`; whatever an operation throws is
    /// turned into this contract's refusals, and each of those is logged.
    ///
    /// - Parameter parameters: those of the query that the operation has; others are passed over with a warning.
    func serve(
        _ request: Request,
        _ context: CustomerContext,
        as operation: String,
        parameters: Set<String>,
        _ answer: (CustomerRequest, FilterReader) async throws -> ByteResponse
    ) async throws -> ByteResponse {
        var asked = try await take(request, context, as: operation)
        do {
            let (query, warnings) = try FilterReader.lenient(request, knows: parameters)
            asked.message.warnings = GatewayWarning.first(warnings)
            var response = try await answer(asked, query)
            response.headers[.gatewayWarning] = GatewayWarning.text(warnings)
            return response
        } catch {
            guard let refusal = APIError(supplierAPI: error) else { throw error }
            var message = asked.message
            message.status = refusal.status.code
            message.verdict = "refused: \(refusal.code.rawValue)"
            message.warnings += refusal.problems.map { "\($0.pointer) \($0.message)" }
            try await exchange.log(message)
            throw refusal
        }
    }

    private func take(_ request: Request, _ context: CustomerContext, as operation: String) async throws
        -> CustomerRequest
    {
        guard let tenant = request.headers[.tenant], ConversationHeaders.isFit(tenant) else {
            let rule = "1 to \(ConversationHeaders.charactersMax) printable ASCII characters"
            throw APIError(.badRequest, "The header Tenant is required, on whose behalf you ask: \(rule).")
        }
        let body = try await RequestBody.collect(request, mediaTypes: ["application/json"])
        let caller = "customer/\(context.customer)"
        return CustomerRequest(
            customer: context.customer,
            tenant: tenant,
            conversation: context.headers.conversationID,
            body: body,
            key: IdempotencyKey(
                scope: "\(caller) \(tenant) \(request.route)",
                key: context.headers.requestID,
                body: body
            ),
            cause: Cause(operation, by: caller),
            message: .inbound(
                request,
                body: body,
                from: caller,
                to: "operator",
                contract: "supplier",
                operation:
                    "\(request.method.rawValue) /\(request.uri.path.split(separator: "/").dropFirst(2).first ?? "")",
                at: exchange.time.now()
            )
        )
    }

    /// One operation without parameters.
    func serve(
        _ request: Request,
        _ context: CustomerContext,
        as operation: String,
        _ answer: (CustomerRequest) async throws -> ByteResponse
    ) async throws -> ByteResponse {
        try await serve(request, context, as: operation, parameters: []) { asked, _ in try await answer(asked) }
    }

    /// Decides a request once, in the commit of its answer; logs it there, or with its refusal.
    func answer(
        _ request: CustomerRequest,
        _ decide: @escaping @Sendable (inout Change) throws -> CustomerAnswer
    ) async throws -> ByteResponse {
        let answered = try await exchange.answer(request.key, request.cause) { change in
            let answer = try decide(&change)
            var message = request.message
            message.status = answer.status
            message.responseBody = LoggedMessage.kept(answer.json)
            try change.log(message, about: answer.entity)
            return StoredAnswer(
                status: answer.status,
                contentType: "application/json",
                body: answer.json,
                bodyHash: request.key.bodyHash
            )
        }
        return ByteResponse(answered.answer)
    }

    /// Answers a question, which changes nothing and is logged beside.
    func look(
        _ request: CustomerRequest,
        _ ask: @escaping @Sendable (any ReadTransaction) throws -> CustomerAnswer
    ) async throws -> ByteResponse {
        let answer = try await exchange.read(ask)
        var message = request.message
        message.status = answer.status
        message.entity = answer.entity
        message.responseBody = LoggedMessage.kept(answer.json)
        try await exchange.log(message)
        return ByteResponse(status: .init(code: answer.status), bytes: answer.json)
    }
}

extension APIError {
    /// `nil` for what is a fault of ours.
    init?(supplierAPI error: any Error) {
        switch error {
        case let error as APIError: self = error
        case let malformed as MalformedJSON: self = .malformed(malformed)
        case let refusal as BookingRefusal: self.init(supplierAPI: refusal.rejection)
        case let rejection as Rejection: self.init(rejection: rejection, status: rejection.code.supplierAPIStatus)
        case _: return nil
        }
    }
}
