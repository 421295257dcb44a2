import Domain

/// The Tenant API as OpenAPI 3.1: `/docs/tenant-api.json`. Requests are tested against it.
struct TenantOpenAPI {
    let document: OpenAPIDocument

    /// - Parameters:
    ///   - server: the base of the paths, without a slash at the end.
    ///   - tokens: where tokens are had.
    init(server: String, tokens: String) {
        document = OpenAPIDocument(
            title: "Tenant API",
            summary: "A communication provider orders lines, keeps them, and hears what becomes of them.",
            description: """
                Availability and appointments are answered at once; orders, tests and problems are taken with 201 and go on by \
                updates (KCIs) to the tenant's own Tenant Updates API, or from `GET /kcis`. A request that changes something is \
                answered once by its `X-Request-ID`, for 24 hours. Another tenant's entity is as absent as one that never was. \
                A parameter that an operation does not have is ignored, and named in `X-Gateway-Warning`; a strict tenant's is refused with 422.
                """,
            server: OpenAPIDocument.Server(url: server),
            security: [(OpenAPIDocument.security, .clientCredentials(tokens: tokens, scopes: Self.scopes))],
            tags: Self.tags,
            common: Self.common,
            operations: Self.operations,
            schemas: Self.schemas
        )
    }

    static let operations: [DescribedOperation] =
        suppliers + addresses + appointments + quotes + orders + tests + problems + changes + lists + feed

    static let schemas: [(name: String, schema: Schema)] =
        values + supplierSchemas + addressSchemas + appointmentSchemas + quoteSchemas + orderSchemas + testSchemas
        + problemSchemas + changeSchemas + updateSchemas + feedSchemas

    private static let scopes: [(name: String, meaning: String)] = [
        ("tenant.all.all", "Everything."), ("orders", "Orders, and what changes them."),
        ("problems", "Tests and problems."), ("appointments", "Appointments."), ("read", "Reading."),
    ]

    private static let tags: [(name: String, description: String)] = [
        ("Suppliers", "Who delivers, what, and where."), ("Appointments", "Visits: what is free, and holding one."),
        ("Orders", "From a request to a live line."), ("Tests", "Is the line at fault?"),
        ("Problems", "From a report to a resolution."), ("Quotes", "What circuits cost."),
        ("Updates", "What was told you, and having it told again."),
    ]

    static let common = DescribedOperation.Common(
        security: [OpenAPIDocument.security],
        headers: [
            .init(
                name: "X-Request-ID",
                place: .header,
                schema: id,
                isRequired: true,
                description:
                    "This request's own; a repeat of the request has the same, and is answered the same (G-001).",
                example: "6f1c9c9e-0d0e-4f6e-9a51-1f9f5f0b2a11",
                isFresh: true
            ),
            .init(
                name: "X-Conversation-ID",
                place: .header,
                schema: id,
                isRequired: true,
                description:
                    "The journey that the request belongs to; it goes with everything that the request causes.",
                example: "journey-1"
            ),
        ],
        echoed: ["X-Request-ID", "X-Conversation-ID"],
        meanings: [
            400: "It cannot be read, or a required header is missing; of an order also: it breaks a rule (X-46).",
            401: "No token, or none that counts.", 403: "The token's scopes do not reach so far.",
            404: "There is nothing of this id that is yours.", 406: "No form of answer is acceptable.",
            413: "The body is longer than 1 MiB.",
            414: "The target is longer than 32 KiB.", 415: "The body is not JSON, or encoded.",
            431: "The headers are larger than 32 KiB.",
            422: "It can be read, and breaks a rule.", 429: "Too many requests: see Retry-After.",
            500: "Our fault.", 501: "The supplier does not offer this.", 502: "The supplier failed.",
            503: "Try again later: see Retry-After.", 504: "The supplier did not answer in time.",
        ],
        always: [400, 401, 403, 406, 414, 422, 429, 431, 500, 503],
        withBody: [413, 415],
        warns: true
    )

    private static let id = Schema.string(1...100, pattern: "^[ -~]+$")
}
