import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird
import Storage

/// `POST /operator/v1/redactions`: a subscriber's data is taken out of what is kept of the messages about an entity.
///
/// `{kind, id, conversation?}`: the entity, and whether all that was logged in its conversation goes too, which is wanted
/// where tenants begin a conversation for each order. 200 `{messages, parcels}`; 404; 409 while messages about it are still
/// to be delivered. For staff with the scope `privacy`. It can be asked again: what is out stays out.
package struct Redactions: Sendable {
    /// A party's terms are nobody's subscriber's, and the counterparts' books are not ours.
    private static let kinds: [Kind] = [
        .serviceOrder, .reservation, .serviceTest, .serviceProblem, .supplyOrder, .lineTest, .faultReport, .appointment,
        .installationJob, .workOrder,
    ]

    let exchange: Exchange
    let emptied: @Sendable (OutboxRow) -> (message: Message, body: [UInt8])

    /// - Parameter emptied: what shall be kept of a message that was sent.
    package init(exchange: Exchange, emptied: @escaping @Sendable (OutboxRow) -> (message: Message, body: [UInt8])) {
        self.exchange = exchange
        self.emptied = emptied
    }

    package func add(to staff: RouterGroup<StaffContext>) {
        add(to: staff) { context in
            try context.require(.privacy)
            return "operator/\(context.name)"
        }
    }

    /// The route itself, for requests of which `staff` says whose they are, or throws.
    func add<Context: RequestContext>(
        to routes: some RouterMethods<Context>,
        staff: @escaping @Sendable (Context) throws -> String
    ) {
        routes.withoutParameters.post("redactions") { request, context in
            try await redact(request, by: try staff(context))
        }
    }

    private func redact(_ request: Request, by name: String) async throws -> ByteResponse {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: try await RequestBody.collect(request))
        } catch let error as MalformedJSON {
            throw APIError.malformed(error)
        }
        let problems = Problems()
        let reader = ObjectReader(document.root, problems: problems)
        let kind = reader.requiredChoice("kind", from: Self.kinds.map(\.rawValue)).flatMap(Kind.init(rawValue:))
        let id = reader.requiredInteger("id", range: 1...9_999_999_999_999_999)
        let withConversation = reader.optionalBool("conversation") ?? false
        reader.finish(rejectUnknown: true)
        guard problems.isEmpty, let kind, let id else { throw APIError.malformed(problems.all) }
        do {
            let redaction = try await exchange.redact(
                EntityRef(kind: kind, number: Int64(id)),
                withConversation: withConversation,
                by: name,
                emptied: emptied
            )
            return ByteResponse(
                bytes: JSONWriter.bytes { json in
                    json.object {
                        $0.field("messages", redaction.messages)
                        $0.field("parcels", redaction.parcels)
                    }
                }
            )
        } catch let refusal as Rejection where refusal.code == .notFound {
            throw APIError(rejection: refusal, status: .notFound)
        } catch let refusal as Rejection where refusal.code == .illegalTransition {
            throw APIError(rejection: refusal, status: .conflict)
        }
    }
}
