import Domain
import HTTPTypes

/// The Tenant Updates API, which a tenant serves and the gateway calls, as OpenAPI 3.1: `/docs/tenant-updates-api.json`
/// (G-070 to G-080).
enum TenantUpdatesOpenAPI {
    static let document = OpenAPIDocument(
        title: "Tenant Updates API",
        summary: "What you serve, so that the gateway can tell you what becomes of your orders, tests and problems.",
        description: """
            Every update (KCI) is posted until you answer with 2xx. Those about one entity come in the order of their \
            `sequenceNumber`, one at a time; about different entities side by side. An update may come twice, with the same `id`: \
            answer 204 again. No answer within ten seconds, 408, 425, 429 and 5xx are tried again for 72 hours, no sooner than \
            Retry-After; any other status parks the update until you have it redelivered, and the later ones name what you missed.
            """,
        server: OpenAPIDocument.Server(
            url: "{baseURL}",
            variables: [
                (
                    name: "baseURL", value: "https://updates.tenant.example",
                    meaning: "Yours, as agreed with the operator."
                )
            ]
        ),
        security: [
            (
                OpenAPIDocument.security,
                .clientCredentials(tokens: "https://updates.tenant.example/access-token", scopes: [])
            ), ("basic", .basic), ("mutualTLS", .mutualTLS),
        ],
        tags: [("Updates", "What became of it.")],
        common: common,
        operations: operations,
        schemas: schemas
    )

    private static let common = DescribedOperation.Common(
        security: [OpenAPIDocument.security, "basic", "mutualTLS"],
        headers: headers,
        meanings: [
            400: "You cannot read it: it is parked.", 401: "The credentials do not count: it is parked.",
            403: "The credentials do not reach so far: it is parked.", 422: "It breaks a rule of yours: it is parked.",
            429: "Too many: it is sent again, no sooner than Retry-After.", 500: "It is sent again.",
            503: "It is sent again, no sooner than Retry-After.",
        ],
        always: [400, 401, 403, 422, 429, 500, 503],
        refusalsHaveBodies: false
    )

    static let operations: [DescribedOperation] = [
        DescribedOperation(
            method: .post,
            path: "/kcis",
            id: "receiveUpdate",
            tag: "Updates",
            summary: "Take an update",
            description: """
                Answer once it is durable. `webhook-signature` is checked as Standard Webhooks has it: over `webhook-id`, \
                `webhook-timestamp` and the body as it came, joined by dots.
                """,
            body: .ref("KCI"),
            example: """
                {"deliveredOn":"2026-11-02T09:30:01Z","id":"\(id)","supplier":"DUMMY_SUPPLIER","sequenceNumber":3,\
                "issuedOn":"2026-11-02T09:30:00Z","receivedOn":"2026-11-02T09:30:00Z","updateType":"INFORMATIONAL",\
                "entityType":"CEASE_ORDER","entity":{"id":1,"orderType":"CEASE","status":"IN_PROGRESS",\
                "supplier":"DUMMY_SUPPLIER","supplierOrderNumber":"SO0000001","serviceId":"S1000001",\
                "requestedCompletionDate":"2026-11-12","committedDate":"2026-11-12","targetDate":"2026-11-12",\
                "created":"2026-11-02T09:29:00Z","updated":"2026-11-02T09:30:00Z"},"information":{"type":"COMMITTED"}}
                """,
            answer: .init(status: 204, description: "You have it. Any 2xx does.")
        )
    ]

    private static let id = "0192f3a4-5b6c-7d8e-9f00-112233445566"

    private static let headers: [DescribedOperation.Parameter] = [
        header("X-Request-ID", "The update's id, the same at every attempt.", example: id),
        header(
            "X-Conversation-ID",
            "The journey that caused it: yours, from the request that began it.",
            example: "journey-1"
        ), header("Idempotency-Key", "The update's id, the same at every attempt.", example: id),
        header("X-Delivery-Attempt", "Which attempt it is, from 1.", pattern: "^[1-9][0-9]*$", example: "1"),
        header("webhook-id", "The update's id, the same at every attempt.", example: id),
        header(
            "webhook-timestamp",
            "When this attempt was made, in seconds since 1970.",
            pattern: "^[0-9]+$",
            example: "1793611801"
        ),
        header(
            "webhook-signature",
            "If a secret is agreed: `v1,` and the HMAC-SHA256 in Base64, one for each live secret, a space between.",
            pattern: "^v1,[A-Za-z0-9+/]+=*( v1,[A-Za-z0-9+/]+=*)*$",
            example: "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
            isRequired: false
        ),
    ]

    private static func header(
        _ name: String,
        _ description: String,
        pattern: String = "^[ -~]+$",
        example: String,
        isRequired: Bool = true
    ) -> DescribedOperation.Parameter {
        DescribedOperation.Parameter(
            name: name,
            place: .header,
            schema: .string(pattern: pattern),
            isRequired: isRequired,
            description: description,
            example: example
        )
    }
}
