import Domain
import HTTPTypes

/// From a request to a live line (F-010 to F-032, G-050 to G-061).
extension TenantOpenAPI {
    static let orders: [DescribedOperation] = [
        DescribedOperation(
            method: .post,
            path: "/service-orders",
            id: "placeOrder",
            tag: "Orders",
            summary: "Order a line, change one or cease one",
            description: """
                `orderType` says which: NEW, START, TAKEOVER, TRANSFER and SWAP provide a line, MODIFY changes one, CEASE ends it. What \
                is wrong at once is answered with the status agreed with you, 400 unless it is 422; what the supplier refuses later \
                comes as an update.
                """,
            scopes: ["tenant.all.all", "orders"],
            body: .anyOf([.ref("ProvideOrder"), .ref("CeaseOrder"), .ref("ModifyOrder")]),
            example: """
                {"orderType":"NEW","supplier":"DUMMY_SUPPLIER","address":{"id":"10090000001","type":"UPRN"},\
                "serviceOrderItem":{"serviceSpecification":{"id":"ftthl2r"},\
                "serviceCharacteristics":[{"name":"LINE_PROFILE","value":"1G_1G"}]},\
                "primaryContact":{"name":"Robin Sample","phoneNumber":"01632 960123"}}
                """,
            answer: .init(
                status: 201,
                description: "It is taken, durably, and goes to the supplier.",
                schema: .ref("ServiceOrder"),
                headers: ["Location"]
            ),
            refusals: [501]
        ),
        DescribedOperation(
            method: .get,
            path: "/service-orders/{id}",
            id: "readOrder",
            tag: "Orders",
            summary: "An order of yours, with its updates",
            scopes: reading,
            parameters: [.id],
            answer: .init(status: 200, description: "As it is now.", schema: .ref("ServiceOrder"))
        ),
    ]

    static let orderSchemas: [(name: String, schema: Schema)] = [
        (
            "ProvideOrder",
            .object(
                "All but NEW begin with a line that is there: ONT_REFERENCE and ONT_PORT, or LINE_ID, name it (G-051).",
                [
                    .required("orderType", .choice(of: ProvideType.self)), .required("supplier", .ref("SupplierId")),
                    .required("address", .ref("Address")), .required("serviceOrderItem", item),
                    .required("primaryContact", .ref("Contact")),
                ] + visit + site
            )
        ),
        (
            "CeaseOrder",
            .object(
                "G-053.",
                [
                    .required("orderType", .choice(["CEASE"])), .required("supplier", .ref("SupplierId")),
                    .required("serviceId", .string(1...50)),
                    .required("requestedCompletionDate", .day("Not in the past.")),
                    .open("reason", .string(pattern: "^[A-Z_]{1,30}$")), .open("primaryContact", .ref("Contact")),
                    .open("notes", .string(1...1_000)),
                ]
            )
        ),
        (
            "ModifyOrder",
            .object(
                "G-054.",
                [
                    .required("orderType", .choice(["MODIFY"])), .required("supplier", .ref("SupplierId")),
                    .required("serviceId", .string(1...50)),
                    .required("serviceCharacteristics", .array(of: .ref("Characteristic"), count: 1...500)),
                    .open("primaryContact", .ref("Contact")),
                ] + visit + site
            )
        ),
        (
            "ServiceOrder",
            .object(
                "F-024.",
                [
                    .required("id", .ref("EntityId")),
                    .optional("orderType", .choice(of: OrderType.self, "None of a circuit.")),
                    .optional("supplierQuoteId", .string(1...50)),
                    .optional("siteInformation", .array(of: .ref("EthernetSite"))),
                    .optional("ethernetOrderItems", .array(of: .ref("EthernetItem"))),
                    .required("status", .choice(of: ServiceOrder.Status.self)),
                    .required("supplier", .ref("SupplierId")),
                    .optional("supplierOrderNumber", .string(1...50)), .optional("serviceId", .string(1...50)),
                    .optional("address", .ref("Address")), .optional("serviceOrderItem", item),
                    .optional("serviceCharacteristics", .array(of: .ref("Characteristic"))),
                    .optional("primaryContact", .ref("Contact")), .optional("secondaryContact", .ref("Contact")),
                    .optional("appointmentReservationId", .ref("EntityId")),
                    .optional("appointmentSupplierReference", .string(1...50)),
                    .optional("appointmentTimeslot", .ref("Timeslot")),
                    .optional("requestedCompletionDate", .day()), .optional("requestedCeaseDate", .day()),
                    .optional("reason", .string()),
                    .optional("engineerTasks", .array(of: .choice(of: EngineerTask.self))),
                    .optional("hazards", .string()), .optional("onSiteRestrictions", .string()),
                    .optional("notes", .string()),
                    .optional("committedDate", .day("Set once; only you move it.")),
                    .optional("targetDate", .day("What is expected now.")),
                ] + times + [updates]
            )
        ),
    ]

    private static let item = Schema.object([
        .required("serviceSpecification", .ref("ServiceSpecification")),
        .open("serviceCharacteristics", .array(of: .ref("Characteristic"), count: 0...500)),
    ])

    /// Who is met, when, and for what.
    private static let visit: [Schema.Field] = [
        .open("secondaryContact", .ref("Contact")), .open("appointmentReservationId", .ref("EntityId")),
        .open("requestedCompletionDate", .day("Where no visit is agreed; else the visit decides (X-43).")),
        .open("engineerTasks", .array(of: .choice(of: EngineerTask.self), count: 0...500)),
    ]
}
