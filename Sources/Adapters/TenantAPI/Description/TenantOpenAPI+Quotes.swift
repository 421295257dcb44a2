import Domain
import HTTPTypes

/// What circuits cost, and ordering them (G-030 to G-032, F-014, F-040).
extension TenantOpenAPI {
    static let quotes: [DescribedOperation] = [
        DescribedOperation(
            method: .post,
            path: "/quote",
            id: "requestQuote",
            tag: "Quotes",
            summary: "Ask what connections cost",
            description: "Each item is asked of its supplier; one that fails hides no other. Prices are read by GET.",
            scopes: ["tenant.all.all", "orders"],
            body: .ref("QuoteRequest"),
            example: """
                {"externalIdentifier":"Q-1","quoteItems":[{"id":1,"supplier":"DUMMY_SUPPLIER","sites":[\
                {"name":"Head office","address":"1 Quay Walk","postcode":"QQ1 1AA","role":"A-END"},\
                {"name":"Depot","address":"2 Quay Walk","postcode":"QQ1 1AA","role":"B-END"}],\
                "contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},"billingFrequency":"MONTHLY"},\
                "service":[{"serviceSpecification":{"id":"ethernet"},"serviceCharacteristic":[]}]}]}
                """,
            answer: .init(
                status: 201,
                description: "It is taken, and suppliers are asked.",
                schema: .ref("Quote"),
                headers: ["Location"]
            ),
            refusals: [501]
        ),
        reading("/quote/{id}", "readQuote", "Quotes", "A quote of yours", "Quote"),
        DescribedOperation(
            method: .post,
            path: "/ethernet/service-orders",
            id: "placeEthernetOrder",
            tag: "Orders",
            summary: "Order a circuit on a supplier's quote",
            description: "One A-END and at least one B-END, or at least two MULTI-POINT (X-45).",
            scopes: ["tenant.all.all", "orders"],
            body: .ref("EthernetOrder"),
            example: """
                {"supplier":"DUMMY_SUPPLIER","supplierQuoteId":"SQ1-1","siteInformation":[\
                {"name":"Head office","postcode":"QQ1 1AA","role":"A-END",\
                "primaryContact":{"name":"Robin Sample","phoneNumber":"01632 960123"}},\
                {"name":"Depot","postcode":"QQ1 1AA","role":"B-END",\
                "primaryContact":{"name":"Ada Sample","phoneNumber":"01632 960124"}}],\
                "ethernetOrderItems":[{"service":{"serviceSpecification":{"id":"ethernet"}},\
                "contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},"billingFrequency":"MONTHLY"}}]}
                """,
            answer: .init(
                status: 201,
                description: "It is taken, durably, and goes to the supplier.",
                schema: .ref("ServiceOrder"),
                headers: ["Location"]
            ),
            refusals: [501]
        ),
        reading(
            "/ethernet/service-orders/{id}",
            "readEthernetOrder",
            "Orders",
            "A circuit's order of yours",
            "ServiceOrder"
        ),
    ]

    static let quoteSchemas: [(name: String, schema: Schema)] = [
        (
            "QuoteRequest",
            .object(
                "G-030.",
                [
                    .required("externalIdentifier", .string(1...64)),
                    .required(
                        "quoteItems",
                        .array(
                            of: .object([
                                .required("id", .integer(0...ReadingLimits.idMax, "Yours; each item has its own.")),
                                .required("supplier", .ref("SupplierId")),
                                .required("sites", .array(of: quoteSite(isRequest: true), count: 2...500)),
                                .required("contractDetails", contract(lengthMax: 120, isRequest: true)),
                                .required("service", .array(of: service(isRequest: true), count: 1...500)),
                            ]),
                            count: 1...50
                        )
                    ),
                ]
            )
        ),
        (
            "Quote",
            .object(
                "G-031.",
                [
                    .required("id", .ref("EntityId")), .required("externalIdentifier", .string()),
                    .required("status", .choice(of: Quote.Status.self)), .optional("validUntil", .moment()),
                    .required(
                        "quoteItems",
                        .array(
                            of: .object([
                                .required("id", .integer(0...ReadingLimits.idMax)),
                                .required("supplier", .ref("SupplierId")),
                                .required("status", .choice(of: Quote.Status.self)),
                                .optional(
                                    "supplierQuoteId",
                                    .string(1...50, description: "An ethernet order names it.")
                                ),
                                .optional("prices", .array(of: price)),
                                .optional("leadTimeDays", .integer(0...Int64(Int32.max))),
                                .optional("supplierNotes", .string()), .optional("validUntil", .moment()),
                                .optional(
                                    "error",
                                    .object([
                                        .required("code", .string()), .required("messages", .array(of: .string())),
                                    ])
                                ),
                                .required("sites", .array(of: quoteSite(isRequest: false))),
                                .required("contractDetails", contract(lengthMax: 120, isRequest: false)),
                                .required("service", .array(of: service(isRequest: false))),
                            ])
                        )
                    ),
                ] + times
            )
        ),
        (
            "EthernetOrder",
            .object(
                "F-040.",
                [
                    .required("supplier", .ref("SupplierId")),
                    .required("supplierQuoteId", .string(1...50, pattern: "^[ -~]+$")),
                    .required("siteInformation", .array(of: .ref("EthernetSite"), count: 2...500)),
                    .required("ethernetOrderItems", .array(of: .ref("EthernetItem"), count: 1...500)),
                ]
            )
        ),
        (
            "EthernetSite",
            .object(
                "An address or a postcode.",
                [
                    .required("name", .string(1...100)), .open("address", .ref("Address")),
                    .open("postcode", .string(1...10)), .required("role", .choice(of: EthernetRequest.Role.self)),
                    .open("siteCharacteristics", .array(of: .ref("Characteristic"), count: 0...500)),
                    .open(
                        "wayleave",
                        .object([
                            .required("wayleaveOwner", .boolean()),
                            .open("wayleaveCharacteristics", .array(of: .ref("Characteristic"), count: 0...500)),
                            .open("wayleaveContact", .ref("Contact")),
                        ])
                    ),
                    .required("primaryContact", .ref("Contact")), .open("secondaryContact", .ref("Contact")),
                ] + site
            )
        ),
        (
            "EthernetItem",
            .object([
                .required("service", service(isRequest: true)),
                .required("contractDetails", contract(lengthMax: 1_200, isRequest: true)),
                .open("requestedCompletionDate", .day("Not in the past.")),
                .open("technicalContact", .ref("Contact")),
            ])
        ),
    ]

    private static let price = Schema.object(
        "Pounds, as a decimal string.",
        [
            .required("priceType", .choice(["ONE_OFF", "RECURRING"])),
            .optional("recurringPeriod", .choice(["MONTH", "YEAR"])),
            .required("amount", .string(pattern: "^-?[0-9]+\\.[0-9]{2}$")), .required("currency", .choice(["GBP"])),
        ]
    )

    private static func quoteSite(isRequest: Bool) -> Schema {
        .object([
            .required("name", .string(1...100)), .required("address", .string(1...250)),
            .required("postcode", .string(1...10, description: "QQ1 1AA.")),
            .required("role", .choice(of: QuoteSite.Role.self)),
            list("siteCharacteristics", isRequest),
        ])
    }

    private static func service(isRequest: Bool) -> Schema {
        .object([
            .required("serviceSpecification", .ref("ServiceSpecification")), list("serviceCharacteristic", isRequest),
        ])
    }

    private static func list(_ name: String, _ isRequest: Bool) -> Schema.Field {
        let all = Schema.array(of: .ref("Characteristic"), count: 0...500)
        return isRequest ? .open(name, all) : .required(name, all)
    }

    private static func contract(lengthMax: Int64, isRequest: Bool) -> Schema {
        .object([
            .required(
                "contractLength",
                .object([.required("value", .integer(1...lengthMax)), .required("unit", .choice(["MONTH", "YEAR"]))])
            ),
            .required("billingFrequency", .choice(["MONTHLY", "QUARTERLY", "ANNUALLY"])),
            isRequest
                ? .open("priceAlteration", .string(1...50)) : .optional("priceAlteration", .string()),
        ])
    }
}
