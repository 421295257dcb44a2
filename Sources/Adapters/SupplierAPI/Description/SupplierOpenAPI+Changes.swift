import Domain
import HTTPTypes

/// Requests to change or to stop an order that is under way (G-090, F-030, F-032).
extension SupplierOpenAPI {
    static let changes: [DescribedOperation] = [
        change(
            tag: "Orders",
            "/service-order-amendments",
            "amendOrder",
            "Amend an order that is under way",
            "Only what changes; an engineer's tasks are replaced whole. One may be open.",
            body: "OrderAmendment",
            example: #"{"id":3,"orderId":1,"notes":"Ring the second bell"}"#
        ),
        change(
            tag: "Orders",
            "/service-order-cancellations",
            "cancelOrder",
            "Withdraw an order that is under way",
            "Past the point of no return it is refused; it supersedes an amendment that is open.",
            body: "OrderCancellation",
            example: #"{"id":4,"orderId":1,"reasonCode":"NO_LONGER_REQUIRED"}"#
        ),
    ]

    static let changeSchemas: [(name: String, schema: Schema)] = [
        (
            "ContactChange",
            .object(
                "What changes of a person (G-057).",
                [
                    .open("name", .string(WholesaleLimits.name)), .open("phoneNumber", phoneNumber),
                    .open("email", .string(WholesaleLimits.email)),
                ]
            )
        ),
        (
            "OrderAmendment",
            named(
                "At least one change beside the order.",
                [
                    .open(
                        "serviceCharacteristics",
                        .array(of: .ref("Characteristic"), count: WholesaleLimits.elements)
                    ), .open("primaryContact", .ref("ContactChange")),
                    .open("secondaryContact", .ref("ContactChange")), .open("requestedCompletionDate", .day()),
                    .open(
                        "appointmentSupplierReference",
                        .string(WholesaleLimits.reference, description: "Of another slot that is held.")
                    ), engineerTasks,
                ] + site
            )
        ),
        (
            "OrderCancellation",
            named("F-032.", [.required("reasonCode", .string(WholesaleLimits.reason))])
        ),
        (
            "PendingChange",
            .object([
                .required("id", .ref("Number")), .required("supplierReference", .ref("Reference")),
                .required("status", .choice(["PENDING"])),
            ])
        ),
    ]

    /// An order is named by either; by the second where there is no first: a cease that you did not ask for.
    private static func named(_ description: String, _ fields: [Schema.Field]) -> Schema {
        object(
            description,
            [.required("id", .ref("Number"))] + fields,
            naming: "orderId",
            or: "supplierOrderReference"
        )
    }

    static func change(
        tag: String,
        _ path: String,
        _ id: String,
        _ summary: String,
        _ description: String,
        body: String,
        example: String
    ) -> DescribedOperation {
        DescribedOperation(
            method: .post,
            path: path,
            id: id,
            tag: tag,
            summary: summary,
            description: "\(description) What was decided comes as an update, with your number.",
            body: .ref(body),
            example: example,
            answer: .init(
                status: 202,
                description: "It is taken, and will be decided.",
                schema: .ref("PendingChange")
            ),
            refusals: [404]
        )
    }
}
