import Domain
import HTTPTypes

/// The updates that were sent or wait to be: reading them, and having them sent again (G-081).
extension TenantOpenAPI {
    static let feed: [DescribedOperation] = [
        DescribedOperation(
            method: .get,
            path: "/kcis",
            id: "listKCIs",
            tag: "Updates",
            summary: "Your updates, in the order in which they were written",
            description: """
                Whether or not they were delivered. `next` goes on behind what was looked at, also where nothing was found: keep it, \
                and ask again.
                """,
            scopes: reading,
            parameters: [
                .query("after", .string(), "The last page's `next`."),
                .query("entityType", .choice(of: KCIView.EntityType.self), "Of entities of this type."),
                .query("entityId", .integer(1...ReadingLimits.idMax), "Of this one; needs entityType."),
                .query(
                    "state",
                    .array(of: .choice(of: DeliveryState.self), count: 0...DeliveryState.allCases.count),
                    "In one of these states of delivery: repeated, or separated by commas."
                ),
                .query("limit", .integer(1...200), "At most so many; 50, if left out."),
            ],
            answer: .init(
                status: 200,
                description: "A page.",
                schema: .object([
                    .required(
                        "kcis",
                        .array(
                            of: .object([.required("kci", .ref("KCI")), .required("delivery", .ref("Delivery"))]),
                            count: 0...200
                        )
                    ),
                    .required("next", .string()), .required("more", .boolean("Whether there are more now.")),
                ])
            )
        ),
        DescribedOperation(
            method: .get,
            path: "/kcis/{id}/deliveries",
            id: "readDeliveries",
            tag: "Updates",
            summary: "Every attempt at one update",
            scopes: reading,
            parameters: [kciID],
            answer: .init(
                status: 200,
                description: "Where it stands, and how it came there.",
                schema: .ref("DeliveredKCI")
            )
        ),
        DescribedOperation(
            method: .post,
            path: "/kcis/{id}/redeliver",
            id: "redeliverKCI",
            tag: "Updates",
            summary: "Have one sent again",
            description:
                "It keeps its id and number, says `redelivered`, and goes before later ones. 422 while it is queued.",
            scopes: ["tenant.all.all"],
            parameters: [kciID],
            answer: .init(status: 202, description: "It is queued.", schema: .ref("DeliveredKCI")),
            refusals: [413, 415]
        ),
        DescribedOperation(
            method: .post,
            path: "/kcis/redeliver",
            id: "redeliverKCIs",
            tag: "Updates",
            summary: "Have all sent again that a filter finds",
            description: "What is parked or expired, unless `state` says otherwise; a thousand at once.",
            scopes: ["tenant.all.all"],
            body: .object([
                .open("entityType", .choice(of: KCIView.EntityType.self)), .open("entityId", .ref("EntityId")),
                .open("from", .moment("Written at or after this.")), .open("to", .moment("Written before this.")),
                .open("state", .choice(["delivered", "parked", "expired"])),
            ]),
            example: #"{"state":"parked"}"#,
            answer: .init(
                status: 202,
                description: "They are queued.",
                schema: .object([
                    .required("redelivered", .integer(0...1_000)),
                    .required("more", .boolean("Whether there are more: ask again.")),
                ])
            )
        ),
    ]

    static let feedSchemas: [(name: String, schema: Schema)] = [
        (
            "KCI",
            .object(
                "An update as it is delivered: `entity` is as it was then, without its updates (G-070).",
                [
                    .required("id", .string(description: "Stable over attempts; `Idempotency-Key` and `webhook-id`.")),
                    .required("sequenceNumber", .integer(1...ReadingLimits.idMax)),
                ]
            )
        ),
        ("Delivery", .object(delivery)),
        (
            "DeliveredKCI",
            .object(
                [
                    .required("id", .string()), .optional("sequenceNumber", .integer(1...ReadingLimits.idMax)),
                    .optional("entityType", .choice(of: KCIView.EntityType.self)),
                    .optional("entityId", .ref("EntityId")),
                    .optional(
                        "deliveries",
                        .array(
                            of: .object([
                                .required("attempt", .integer(1...Int64(Int32.max))), .required("at", .moment()),
                                .required("milliseconds", .integer(0...Int64(Int32.max))),
                                .optional("status", .integer(100...599)), .required("outcome", .string()),
                            ])
                        )
                    ),
                ] + delivery
            )
        ),
    ]

    private static let delivery: [Schema.Field] = [
        .required("state", .choice(of: DeliveryState.self)), .required("created", .moment()),
        .required("attempts", .integer(0...Int64(Int32.max))), .optional("firstAttempt", .moment()),
        .optional("lastError", .string()), .optional("redelivered", .moment()), .optional("redacted", .moment()),
    ]

    private static let kciID = DescribedOperation.Parameter(
        name: "id",
        place: .path,
        schema: .string(pattern: "^[0-9a-f-]{36}$"),
        isRequired: true,
        description: "The update's id.",
        example: "0192f3a4-5b6c-7d8e-9f00-112233445566"
    )
}
