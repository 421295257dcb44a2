import Domain
import HTTPTypes

/// Requests to change or to stop what is under way (F-030 to F-032, G-114, G-115).
extension TenantOpenAPI {
    static let changes: [DescribedOperation] = [
        request(
            "/service-order-amendments",
            "amendOrder",
            "Orders",
            "Amend an order that is under way",
            """
            What is absent stays; a contact is merged by member, characteristics by name. One request may be open; the order's type \
            says what can be amended. Confirmed or refused by an update.
            """,
            scope: "orders",
            body: "OrderAmendment",
            example: #"{"orderId":1,"notes":"Ring the second bell"}"#,
            answer: "OrderAmendmentRequest"
        ),
        reading(
            "/service-order-amendments/{id}",
            "readOrderAmendment",
            "Orders",
            "An amendment of yours",
            "OrderAmendmentRequest"
        ),
        request(
            "/service-order-cancellations",
            "cancelOrder",
            "Orders",
            "Cancel an order that is under way",
            """
            COMPLETED at once if it never left. Against a cease that you did not ask for, only the last five reasons count.
            """,
            scope: "orders",
            body: "OrderCancellation",
            example: #"{"orderId":1,"reasonCode":"NO_LONGER_REQUIRED"}"#,
            answer: "OrderCancellationRequest"
        ),
        reading(
            "/service-order-cancellations/{id}",
            "readOrderCancellation",
            "Orders",
            "A cancellation of yours",
            "OrderCancellationRequest"
        ),
        request(
            "/service-problem-amendments",
            "amendProblem",
            "Problems",
            "Amend a problem, or hurry it",
            "What is absent stays. One request may be open.",
            scope: "problems",
            body: "ProblemAmendment",
            example: #"{"serviceProblemId":1,"escalationRequest":true,"notes":"Nobody came"}"#,
            answer: "ProblemAmendmentRequest"
        ),
        reading(
            "/service-problem-amendments/{id}",
            "readProblemAmendment",
            "Problems",
            "An amendment of yours",
            "ProblemAmendmentRequest"
        ),
        request(
            "/service-problem-cancellations",
            "cancelProblem",
            "Problems",
            "Take a problem back",
            "An open amendment is superseded.",
            scope: "problems",
            body: "ProblemCancellation",
            example: #"{"serviceProblemId":1,"reasonCode":"ISSUE_RESOLVED"}"#,
            answer: "ProblemCancellationRequest"
        ),
        reading(
            "/service-problem-cancellations/{id}",
            "readProblemCancellation",
            "Problems",
            "A cancellation of yours",
            "ProblemCancellationRequest"
        ),
    ]

    static let changeSchemas: [(name: String, schema: Schema)] = [
        (
            "ContactChange",
            .object(
                "What changes of a person: at least one member (G-057).",
                [
                    .open("name", .string(1...100)), .open("phoneNumber", phoneNumber),
                    .open("email", email),
                ]
            )
        ),
        (
            "OrderAmendment",
            .object(
                "At least one change beside the order (F-030); of a cease, another day or other notes (G-056).",
                [
                    .required("orderId", .ref("EntityId")), .open("supplier", .ref("SupplierId")),
                    .open("serviceCharacteristics", .array(of: .ref("Characteristic"), count: 1...500)),
                ] + contacts + [
                    .open("appointmentReservationId", .ref("EntityId")), .open("requestedCompletionDate", .day()),
                    .open("engineerTasks", .array(of: .choice(of: EngineerTask.self), count: 0...500)),
                ] + site
            )
        ),
        ("OrderAmendmentRequest", asked("orderId", answered("serviceCharacteristics") + visit + told)),
        (
            "OrderCancellation",
            .object(
                "F-032.",
                [
                    .required("orderId", .ref("EntityId")), .open("supplier", .ref("SupplierId")),
                    .required("reasonCode", .choice(of: CancellationReason.self)), .open("text", .string(1...1_000)),
                ]
            )
        ),
        ("OrderCancellationRequest", asked("orderId", reason(of: CancellationReason.self))),
        (
            "ProblemAmendment",
            .object(
                "At least one change beside the problem (G-114).",
                [
                    .required("serviceProblemId", .ref("EntityId")), .open("supplier", .ref("SupplierId")),
                    .open("problemText", .string(10...80)), .open("escalationRequest", .boolean()),
                    .open("appointmentReservationId", .ref("EntityId")),
                    .open("characteristics", .array(of: .ref("Characteristic"), count: 0...500)),
                ] + contacts + site
            )
        ),
        (
            "ProblemAmendmentRequest",
            asked(
                "serviceProblemId",
                [.optional("problemText", .string()), .optional("escalationRequest", .boolean())]
                    + answered("characteristics") + [.optional("appointmentReservationId", .ref("EntityId"))] + told
            )
        ),
        (
            "ProblemCancellation",
            .object(
                "G-115.",
                [
                    .required("serviceProblemId", .ref("EntityId")), .open("supplier", .ref("SupplierId")),
                    .required("reasonCode", .choice(of: ProblemCancellation.Reason.self)),
                    .open("text", .string(1...1_000)),
                ]
            )
        ),
        ("ProblemCancellationRequest", asked("serviceProblemId", reason(of: ProblemCancellation.Reason.self))),
    ]

    private static let contacts: [Schema.Field] = [
        .open("primaryContact", .ref("ContactChange")), .open("secondaryContact", .ref("ContactChange")),
    ]

    private static func reason<T: RawRepresentable<String> & CaseIterable>(of type: T.Type) -> [Schema.Field] {
        [.required("reasonCode", .choice(of: type)), .optional("text", .string())]
    }

    private static func answered(_ characteristics: String) -> [Schema.Field] {
        [
            .optional(characteristics, .array(of: .ref("Characteristic"))),
            .optional("primaryContact", .ref("ContactChange")), .optional("secondaryContact", .ref("ContactChange")),
        ]
    }

    private static let visit: [Schema.Field] = [
        .optional("appointmentReservationId", .ref("EntityId")), .optional("requestedCompletionDate", .day()),
        .optional("engineerTasks", .array(of: .choice(of: EngineerTask.self))),
    ]

    private static let told: [Schema.Field] = [
        .optional("hazards", .string()), .optional("onSiteRestrictions", .string()), .optional("notes", .string()),
    ]

    /// A request as it is answered, whatever it is about.
    private static func asked(_ about: String, _ fields: [Schema.Field]) -> Schema {
        .object(
            "F-031.",
            [
                .required("id", .ref("EntityId")), .required(about, .ref("EntityId")),
                .required("status", .choice(of: RequestStatus.self)), .required("supplier", .ref("SupplierId")),
                .optional("supplierReference", .string(1...50)),
                .optional("failureReason", .string(description: "Why it came to nothing; of an order's.")),
                .optional("reason", .string(description: "Why it came to nothing; of a problem's.")),
            ] + fields + times
        )
    }

    private static func request(
        _ path: String,
        _ id: String,
        _ tag: String,
        _ summary: String,
        _ description: String,
        scope: String,
        body: String,
        example: String,
        answer: String
    ) -> DescribedOperation {
        DescribedOperation(
            method: .post,
            path: path,
            id: id,
            tag: tag,
            summary: summary,
            description: description,
            scopes: ["tenant.all.all", scope],
            body: .ref(body),
            example: example,
            answer: .init(
                status: 201,
                description: "It is taken, and goes to the supplier.",
                schema: .ref(answer),
                headers: ["Location"]
            ),
            refusals: [501]
        )
    }

    /// One entity by its number.
    static func reading(
        _ path: String,
        _ id: String,
        _ tag: String,
        _ summary: String,
        _ schema: String
    ) -> DescribedOperation {
        DescribedOperation(
            method: .get,
            path: path,
            id: id,
            tag: tag,
            summary: summary,
            scopes: reading,
            parameters: [.id],
            answer: .init(status: 200, description: "As it is now.", schema: .ref(schema))
        )
    }
}
