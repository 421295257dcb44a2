import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

/// One request of a tenant: who asks, what came, and under which key its answer is remembered.
struct TenantCall: Sendable {
    let request: Request
    let body: [UInt8]
    /// The body as JSON, parsed once; `nil` where there is no body.
    let json: Result<JSONDocument, MalformedJSON>?
    let tenant: TenantID
    let terms: TenantTerms
    let headers: ConversationHeaders
    /// As logs and the demo's timeline name it: `POST /service-orders`.
    let operation: String
    /// Whether the operation reads its own parameters; of any other, each parameter is unknown.
    let hasParameters: Bool
    /// What was let pass before the operation began.
    var warnings: [String] = []

    init(
        request: Request,
        body: [UInt8],
        tenant: TenantID,
        terms: TenantTerms,
        headers: ConversationHeaders,
        operation: String,
        hasParameters: Bool = false
    ) {
        self.request = request
        self.body = body
        json = body.isEmpty ? nil : Self.parsed(body)
        self.tenant = tenant
        self.terms = terms
        self.headers = headers
        self.operation = operation
        self.hasParameters = hasParameters
    }

    private static func parsed(_ body: [UInt8]) -> Result<JSONDocument, MalformedJSON> {
        do { return .success(try JSONDocument(parsing: body)) } catch { return .failure(error) }
    }

    var owner: Owner { .tenant(tenant) }
    var conversation: ConversationID { headers.conversationID }
    /// The party as the journal and the log name it.
    var actor: String { "tenant/\(tenant)" }

    /// Decision 5.
    var key: IdempotencyKey {
        IdempotencyKey(
            scope: "\(actor) \(request.route)",
            key: headers.requestID,
            body: body,
            document: try? json?.get()
        )
    }

    /// The tenant's choice for orders.
    var orderRejectStatus: HTTPResponse.Status { .init(code: terms.rejectStatus) }

    func asker(_ id: MessageID) -> Asker { Asker(tenant: tenant, conversation: conversation, requestID: id) }

    /// Reads the body as one JSON object. Bytes that are no JSON, and JSON that is no object, are malformed.
    func read<Value>(
        rejectStatus: HTTPResponse.Status = .unprocessableContent,
        _ understand: (ObjectReader, TenantReading) throws -> Value?
    ) throws -> (value: Value, warnings: [String]) {
        let document: JSONDocument
        do {
            document = try (json ?? Self.parsed(body)).get()
        } catch {
            throw APIError.malformed(error)
        }
        guard document.root.kind == .object else {
            throw APIError.malformed([Problem(pointer: "", code: .wrongType, message: "must be an object")])
        }
        let reading = TenantReading(isStrict: terms.isStrict)
        let reader = ObjectReader(document.root, problems: reading.problems)
        let value = try understand(reader, reading)
        reading.close(reader)
        closeQuery(reading)
        try reading.finish(rejectStatus)
        guard let value else { throw APIError(rejectStatus, code: .invalidRequest, "The request breaks a rule.") }
        return (value, reading.warnings)
    }

    /// Passes over the parameters of an operation that has none, with a warning each, or refuses them.
    func withKnownParameters() throws -> TenantCall {
        let reading = TenantReading(isStrict: terms.isStrict)
        closeQuery(reading)
        try reading.finish(.unprocessableContent)
        var call = self
        call.warnings = reading.warnings
        return call
    }

    /// A request without a query costs nothing.
    private func closeQuery(_ reading: TenantReading) {
        guard !hasParameters, request.uri.query != nil else { return }
        QueryReader(request, reading).close(knowing: [])
    }

    /// An entity's number in the path. What is no number names nothing.
    func id<Entity>(_ text: String?) throws -> ID<Entity> {
        guard let text, let id = ID<Entity>(text: text) else { throw Self.nothingThere }
        return id
    }

    static let nothingThere = APIError(.notFound, "There is nothing of this id.")

    /// The raw copy of a question and its answer, for the message log.
    func answered(_ bytes: [UInt8], about entity: EntityRef?, at now: Date) -> LoggedMessage {
        logged(at: now, status: 200, response: bytes, verdict: "answered", entity: entity)
    }

    /// The raw copy of the request and its answer, for the message log.
    func logged(
        at now: Date,
        status: Int,
        response: [UInt8],
        verdict: String,
        warnings: [String] = [],
        entity: EntityRef? = nil
    ) -> LoggedMessage {
        var message = LoggedMessage.inbound(
            request,
            body: body,
            from: actor,
            to: "gateway",
            contract: "tenant",
            operation: operation,
            at: now
        )
        message.status = status
        message.responseBody = LoggedMessage.kept(response)
        message.verdict = verdict
        message.warnings = GatewayWarning.first(warnings)
        message.entity = entity
        return message
    }
}
