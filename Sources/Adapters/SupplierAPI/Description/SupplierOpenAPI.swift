import Domain

/// The operator's Supplier API as OpenAPI 3.1: `/docs/supplier-api.json`. Requests are tested against it.
struct SupplierOpenAPI {
    let document: OpenAPIDocument

    /// - Parameters:
    ///   - server: the base of the paths, without a slash at the end.
    ///   - tokens: where tokens are had.
    init(server: String, tokens: String) {
        document = OpenAPIDocument(
            title: "Supplier API",
            summary:
                "A gateway asks, books, orders, tests and reports faults with a network operator, for its tenants.",
            description: """
                Questions and reservations are answered at once; orders, tests, problems and what changes them are taken and go on by updates \
                to the gateway's Supplier Updates API. Numbers are the gateway's own. A request that changes something is answered \
                once by its `X-Request-ID`, for 24 hours. Another customer's entity is as absent as one that never was. \
                A parameter that an operation does not have is ignored, and named in `X-Gateway-Warning`.
                """,
            server: OpenAPIDocument.Server(url: server),
            security: [(OpenAPIDocument.security, .clientCredentials(tokens: tokens, scopes: []))],
            tags: Self.tags,
            common: Self.common,
            operations: Self.operations,
            schemas: Self.schemas
        )
    }

    static let operations: [DescribedOperation] =
        questions + appointments + quotes + orders + changes + tests + problems

    static let schemas: [(name: String, schema: Schema)] =
        values + questionSchemas + appointmentSchemas + quoteSchemas + orderSchemas + ethernetSchemas + changeSchemas
        + testSchemas + problemSchemas

    private static let tags: [(name: String, description: String)] = [
        ("Availability", "What can be had, and where."), ("Appointments", "Visits: what is free, and holding one."),
        ("Quotes", "What circuits cost."), ("Orders", "From a request to a live line."),
        ("Tests", "Is the line at fault?"), ("Problems", "Faults of live lines, until they are mended."),
    ]

    private static let common = DescribedOperation.Common(
        security: [OpenAPIDocument.security],
        headers: conversation + [
            .init(
                name: "Tenant",
                place: .header,
                schema: header,
                isRequired: true,
                description: "On whose behalf you ask (G-001).",
                example: "TENANT1"
            )
        ],
        echoed: conversation.map(\.name),
        meanings: meanings,
        always: [400, 401, 403, 406, 413, 414, 415, 431, 500, 503],
        withBody: [422],
        warns: true
    )

    /// The headers of every request of this contract, in either direction.
    static let conversation: [DescribedOperation.Parameter] = [
        .init(
            name: "X-Request-ID",
            place: .header,
            schema: header,
            isRequired: true,
            description: "This request's own; a repeat of the request has the same, and is answered the same (G-001).",
            example: "6f1c9c9e-0d0e-4f6e-9a51-1f9f5f0b2a11",
            isFresh: true
        ),
        .init(
            name: "X-Conversation-ID",
            place: .header,
            schema: header,
            isRequired: true,
            description: "The journey that the request belongs to; it goes with everything that the request causes.",
            example: "journey-1"
        ),
    ]

    static let meanings: [Int: String] = [
        400: "It cannot be read, or a required header is missing: every problem is named.",
        401: "No token, or none that counts.", 403: "This client may not come from this address.",
        404: "There is nothing of this id that is yours.", 406: "No form of answer is acceptable.",
        413: "The body is longer than 1 MiB.",
        414: "The target is longer than 32 KiB.", 415: "The body is not JSON, or encoded.",
        431: "The headers are larger than 32 KiB.",
        422: "It can be read, and is refused: every reason is named (G-091).", 500: "Our fault.",
        503: "The same request is being answered: see Retry-After.",
    ]

    private static let header = Schema.string(1...ConversationHeaders.charactersMax, pattern: "^[ -~]+$")
}
