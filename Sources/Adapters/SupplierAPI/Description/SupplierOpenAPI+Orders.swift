import Domain
import HTTPTypes

/// From a request to a live line (F-020, F-040, G-050 to G-054, G-091).
extension SupplierOpenAPI {
    static let orders: [DescribedOperation] = [
        DescribedOperation(
            method: .post,
            path: "/service-orders",
            id: "placeOrder",
            tag: "Orders",
            summary: "Order a line, change one or end one",
            description: """
                `orderType` says which. 201 acknowledges the order; what becomes of it comes as updates. 422 has every reason why it \
                cannot be accepted.
                """,
            body: .anyOf([.ref("ProvideOrder"), .ref("ModifyOrder"), .ref("CeaseOrder")]),
            example: """
                {"id":1,"orderType":"NEW","address":{"id":"10090000001","type":"UPRN"},\
                "serviceOrderItem":{"serviceSpecification":{"id":"ftthl2r"},\
                "serviceCharacteristics":[{"name":"LINE_PROFILE","value":"1000/1000"}]},\
                "primaryContact":{"name":"Robin Sample","phoneNumber":"01632 960123"}}
                """,
            answer: taken
        ),
        DescribedOperation(
            method: .get,
            path: "/service-orders/{id}",
            id: "showOrder",
            tag: "Orders",
            summary: "An order as it is now",
            parameters: [.id(numberOfYours)],
            answer: .init(status: 200, description: "As it is now.", schema: .ref("SupplyOrder"))
        ),
        DescribedOperation(
            method: .post,
            path: "/ethernet/service-orders",
            id: "placeEthernetOrder",
            tag: "Orders",
            summary: "Order a circuit on a quote",
            description: "It is committed to the day that is asked for.",
            body: .ref("EthernetOrder"),
            example: """
                {"id":2,"supplierQuoteId":"SQ1-1","siteInformation":[\
                {"name":"Mill House","postcode":"QQ1 2AB","role":"A-END",\
                "primaryContact":{"name":"Robin Sample","phoneNumber":"01632 960123"}},\
                {"name":"Quay House","postcode":"QQ1 2AC","role":"B-END",\
                "primaryContact":{"name":"Ada Sample","phoneNumber":"01632 960124"}}],\
                "ethernetOrderItems":[{"service":{"serviceSpecification":{"id":"ethernet"}}}]}
                """,
            answer: taken
        ),
    ]

    private static let taken = DescribedOperation.Answer(
        status: 201,
        description: "It is taken, durably, and acknowledged.",
        schema: .ref("AcknowledgedOrder")
    )

    static let orderSchemas: [(name: String, schema: Schema)] = [
        (
            "ProvideOrder",
            .object(
                "All but NEW begin with a line that is there: ONT_REFERENCE and ONT_PORT, or LINE_ID, name it (G-051).",
                [
                    .required("id", .ref("Number")), .required("orderType", types(.provide)),
                    .required("address", .ref("Address")),
                    .required(
                        "serviceOrderItem",
                        .object([
                            .required("serviceSpecification", .ref("ServiceSpecification")),
                            characteristics("serviceCharacteristics"),
                        ])
                    ), .required("primaryContact", .ref("Contact")),
                ] + visit + site
            )
        ),
        (
            "ModifyOrder",
            .object(
                "G-054.",
                [
                    .required("id", .ref("Number")), .required("orderType", types(.modify)),
                    .required("serviceId", .ref("Reference")),
                    .required(
                        "serviceCharacteristics",
                        .array(of: .ref("Characteristic"), count: WholesaleLimits.elements)
                    ), .open("primaryContact", .ref("Contact")),
                ] + visit + site
            )
        ),
        (
            "CeaseOrder",
            .object(
                "G-053.",
                [
                    .required("id", .ref("Number")), .required("orderType", types(.cease)),
                    .required("serviceId", .ref("Reference")),
                    .required("requestedCompletionDate", .day("Not in the past.")),
                    .open("primaryContact", .ref("Contact")), .open("notes", .string(WholesaleLimits.note)),
                ]
            )
        ),
        (
            "AcknowledgedOrder",
            .object([
                .required("id", .ref("Number")), .required("supplierOrderReference", .ref("Reference")),
                .required("status", .choice(["ACKNOWLEDGED"])),
            ])
        ),
        (
            "SupplyOrder",
            .object(
                "An order, here and in updates about it; SERVICE_ID among the characteristics names the line once it lives.",
                [
                    .optional("id", .ref("Number")), .required("tenant", .string()),
                    .required("supplierOrderReference", .ref("Reference")), .required("status", .choice(statuses)),
                    .required("orderType", .choice(of: OrderType.self)), .optional("address", .ref("Address")),
                    .optional(
                        "serviceOrderItem",
                        .object([
                            .required("serviceSpecification", .ref("ServiceSpecification")),
                            .required("serviceCharacteristics", .array(of: .ref("Characteristic"))),
                        ])
                    ), .optional("supplierQuoteId", .ref("Reference")), .optional("serviceId", .ref("Reference")),
                    .optional("serviceCharacteristics", .array(of: .ref("Characteristic"))),
                    .optional("requestedCompletionDate", .day()), .optional("requestedCeaseDate", .day()),
                    .optional("reason", .string()), .optional("appointmentSupplierReference", .ref("Reference")),
                    .optional("committedDate", .day("Set once.")),
                    .optional("targetDate", .day("What is expected now.")), .required("created", .moment()),
                    .required("updated", .moment()),
                ]
            )
        ),
    ]

    static let ethernetSchemas: [(name: String, schema: Schema)] = [
        (
            "EthernetOrder",
            .object(
                "F-040: one A-END and at least one B-END, or MULTI-POINT alone (X-45).",
                [
                    .required("id", .ref("Number")), .required("supplierQuoteId", .ref("Reference")),
                    .required("siteInformation", .array(of: .ref("EthernetSite"), count: WholesaleLimits.sites)),
                    .required(
                        "ethernetOrderItems",
                        .array(
                            of: .object([
                                .required(
                                    "service",
                                    .object([.required("serviceSpecification", .ref("ServiceSpecification"))])
                                ), .open("requestedCompletionDate", .day("Not in the past.")),
                            ]),
                            count: WholesaleLimits.elements
                        )
                    ),
                ]
            )
        ),
        (
            "EthernetSite",
            .object(
                "An address or a postcode.",
                [
                    .open("address", .ref("Address")), .open("postcode", .string(WholesaleLimits.postcode)),
                    .required("role", .choice(of: EthernetRequest.Role.self)),
                    .required("primaryContact", .ref("Contact")),
                ]
            )
        ),
    ]

    /// The words of F-025 that an order of the operator's can have.
    private static let statuses = [
        "ACKNOWLEDGED", "IN_PROGRESS", "HELD", "PENDING", "COMPLETED", "PARTIAL", "CANCELLED", "FAILED",
    ]

    private static func types(_ work: OrderType.Work) -> Schema {
        .choice(OrderType.orderable.filter { $0.work == work }.map(\.rawValue))
    }

    /// Who is met, when, and for what.
    private static let visit: [Schema.Field] = [
        .open("secondaryContact", .ref("Contact")),
        .open(
            "appointmentSupplierReference",
            .string(WholesaleLimits.reference, description: "Of a slot that is held.")
        ),
        .open("requestedCompletionDate", .day("Where no visit is agreed.")), engineerTasks,
    ]
}
