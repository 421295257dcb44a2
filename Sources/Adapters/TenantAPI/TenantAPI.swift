import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// The Tenant API under `/v1` (F-001): its table of routes. Each operation is a file.
package struct TenantAPI: Sendable {
    let exchange: Exchange
    let suppliers: Suppliers

    package init(exchange: Exchange, suppliers: Suppliers) {
        self.exchange = exchange
        self.suppliers = suppliers
    }

    package func addRoutes(to router: some RouterMethods<TenantContext>) {
        router.get("suppliers", use: listSuppliers)
        router.get("suppliers/{id}/catalogue", use: readCatalogue)
        router.get("addresses", use: findAddresses)
        router.get("service-availability", use: checkAvailability)
        router.get("available-appointments", use: findAppointments)
        router.post("appointments", use: reserveAppointment)
        router.get("appointments", use: listAppointments)
        router.get("appointments/{id}", use: readAppointment)
        router.delete("appointments/{id}", use: releaseAppointment)
        router.post("quote", use: requestQuote)
        router.get("quote/{id}", use: readQuote)
        router.post("service-orders", use: placeOrder)
        router.get("service-orders", use: listOrders)
        router.get("service-orders/{id}", use: readOrder)
        router.post("ethernet/service-orders", use: placeEthernetOrder)
        router.get("ethernet/service-orders/{id}", use: readEthernetOrder)
        router.post("service-order-amendments", use: amendOrder)
        router.get("service-order-amendments/{id}", use: readAmendment)
        router.post("service-order-cancellations", use: cancelOrder)
        router.get("service-order-cancellations/{id}", use: readCancellation)
        router.post("service-tests", use: requestTest)
        router.get("service-tests", use: listTests)
        router.get("service-tests/{id}", use: readTest)
        router.post("service-problems", use: raiseProblem)
        router.get("service-problems", use: listProblems)
        router.get("service-problems/{id}", use: readProblem)
        router.post("service-problem-amendments", use: amendProblem)
        router.get("service-problem-amendments/{id}", use: readProblemAmendment)
        router.post("service-problem-cancellations", use: cancelProblem)
        router.get("service-problem-cancellations/{id}", use: readProblemCancellation)
        router.get("service-problem-resolutions/{id}", use: readResolution)
        router.patch("service-problem-resolutions/{id}", use: answerResolution)
        router.get("kcis", use: listKCIs)
        router.get("kcis/{id}/deliveries", use: readDeliveries)
        router.post("kcis/{id}/redeliver", use: redeliverKCI)
        router.post("kcis/redeliver", use: redeliverKCIs)
    }
}

/// What every operation has around it.
extension TenantAPI {
    /// Runs one operation: its scope is checked, its body collected, and its refusal spelt and logged.
    ///
    /// - Parameters:
    ///   - hasParameters: whether the operation reads its query itself; of any other, each parameter is unknown.
    ///   - rejectStatus: what a rule's failure is answered with, by the tenant's terms.
    func serve(
        _ operation: String,
        _ scope: Scope,
        _ request: Request,
        _ context: TenantContext,
        hasParameters: Bool = false,
        rejectStatus: (TenantTerms) -> HTTPResponse.Status = { _ in .unprocessableContent },
        _ answer: (TenantCall) async throws -> ByteResponse
    ) async throws -> ByteResponse {
        var call = TenantCall(
            request: request,
            body: [],
            tenant: context.tenant,
            terms: context.terms,
            headers: context.headers,
            operation: operation,
            hasParameters: hasParameters
        )
        do {
            try context.require(scope)
            if request.method != .get {
                let body = try await RequestBody.collect(request, mediaTypes: ["application/json"])
                call = TenantCall(
                    request: request,
                    body: body,
                    tenant: context.tenant,
                    terms: context.terms,
                    headers: context.headers,
                    operation: operation,
                    hasParameters: hasParameters
                )
            }
            // With a body its reading names what is wrong with both at once.
            return try await answer(call.body.isEmpty ? call.withKnownParameters() : call)
        } catch let rejection as Rejection {
            return try await refuseOrRepeat(call, rejection.tenantAPIError(rejectStatus: rejectStatus(call.terms)))
        } catch let unanswered as Unanswered {
            throw try await refuse(call, unanswered.tenantAPIError)
        } catch let error as APIError {
            return try await refuseOrRepeat(call, error)
        }
    }

    /// A request that was answered once is answered so again, whatever became of what it names and of its dates since
    /// (decision 5); any other is refused.
    private func refuseOrRepeat(_ call: TenantCall, _ error: APIError) async throws -> ByteResponse {
        guard !call.body.isEmpty, [400, 404, 409, 422].contains(error.status.code) else {
            throw try await refuse(call, error)
        }
        let (key, now) = (call.key, exchange.time.now())
        let stored = try await exchange.read { try $0.answer(to: key, at: now) }
        guard let stored, key.isAnswered(by: stored) else { throw try await refuse(call, error) }
        try await logRepeat(call, stored)
        return ByteResponse(stored)
    }

    /// One entity of the tenant's own; another's is as absent as one that never was.
    func read<A: Aggregate>(
        _ operation: String,
        _ type: A.Type,
        _ request: Request,
        _ context: TenantContext,
        where isSought: @escaping @Sendable (A) -> Bool = { _ in true },
        _ view: @escaping @Sendable (A) -> [UInt8]
    ) async throws -> ByteResponse {
        try await serve(operation, .read, request, context) { call in
            let id: ID<A> = try call.id(context.parameters.get("id"))
            let owner = call.owner
            let found = try await exchange.find(id)
            guard let entity = found, entity.owner == owner, isSought(entity) else { throw TenantCall.nothingThere }
            return try await look(call, about: entity.ref, view(entity))
        }
    }

    /// Answers a question, which changes nothing, and logs it beside.
    func look(
        _ call: TenantCall,
        about entity: EntityRef? = nil,
        _ bytes: [UInt8],
        warnings: [String] = []
    ) async throws -> ByteResponse {
        let warnings = call.warnings + warnings
        var logged = call.answered(bytes, about: entity, at: exchange.time.now())
        logged.warnings = GatewayWarning.first(warnings)
        try await exchange.log(logged)
        var response = ByteResponse(bytes: bytes)
        response.headers[.gatewayWarning] = GatewayWarning.text(warnings)
        return response
    }

    /// Answers once for each key, in the commit of what is promised, and logs the message with it (decisions 5, 6).
    ///
    /// - Parameter body: what is decided, and the new or changed entity as the tenant reads it.
    func answerOnce(
        _ call: TenantCall,
        _ input: String,
        status: Int,
        warnings: [String] = [],
        _ body: @escaping @Sendable (inout Change) throws -> Promise
    ) async throws -> ByteResponse {
        let key = call.key
        let warnings = call.warnings + warnings
        let warning = GatewayWarning.text(warnings)
        // All that needs no decision is made here, and not while the writer waits.
        let logged = call.logged(
            at: exchange.time.now(),
            status: status,
            response: [],
            verdict: "accepted",
            warnings: warnings
        )
        let answered = try await exchange.answer(key, Cause(input, by: call.actor)) { change in
            let promise = try body(&change)
            var headers: [String: String] = [:]
            if let location = promise.location { headers["Location"] = location }
            headers["X-Gateway-Warning"] = warning
            var logged = logged
            logged.responseBody = LoggedMessage.kept(promise.view)
            try change.log(logged, about: promise.entity)
            return StoredAnswer(
                status: status,
                contentType: "application/json",
                headers: headers,
                body: promise.view,
                bodyHash: key.bodyHash
            )
        }
        if answered.isRepeat { try await logRepeat(call, answered.answer) }
        return ByteResponse(answered.answer)
    }

    /// What an answer promises: the entity it is about, as the tenant reads it, and where it can be read again.
    struct Promise: Sendable {
        /// `nil` where it is about many.
        let entity: EntityRef?
        let view: [UInt8]
        var location: String?
    }

    func logRepeat(_ call: TenantCall, _ answer: StoredAnswer) async throws {
        try await exchange.log(
            call.logged(
                at: exchange.time.now(),
                status: answer.status,
                response: answer.body,
                verdict: "duplicate: answered as before"
            )
        )
    }

    /// A refusal is logged with its reasons, which never repeat a value.
    private func refuse(_ call: TenantCall, _ error: APIError) async throws -> APIError {
        let reasons = error.problems.map { "\($0.pointer) \($0.message)" }.joined(separator: "; ")
        let verdict = "refused: \(error.code.rawValue): \(reasons.isEmpty ? error.message : reasons)"
        try await exchange.log(
            call.logged(at: exchange.time.now(), status: error.status.code, response: [], verdict: verdict)
        )
        return error
    }
}
