import Domain
import HTTPTypes

/// What circuits cost (G-030, G-031).
extension SupplierOpenAPI {
    static let quotes: [DescribedOperation] = [
        DescribedOperation(
            method: .post,
            path: "/quote",
            id: "priceQuote",
            tag: "Quotes",
            summary: "What connections cost, item by item",
            description:
                "One item that cannot be had is rejected with its reasons; the others have their prices all the same.",
            body: .ref("QuoteRequest"),
            example: """
                {"id":1,"quoteItems":[{"id":1,"sites":[\
                {"name":"Mill House","address":"1 Mill Lane","postcode":"QQ1 2AB","role":"A-END"},\
                {"name":"Quay House","address":"2 Quay Walk","postcode":"QQ1 2AC","role":"B-END"}],\
                "contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},"billingFrequency":"MONTHLY"},\
                "service":[{"serviceSpecification":{"id":"ethernet"},\
                "serviceCharacteristic":[{"name":"BANDWIDTH_MBPS","value":"1000"}]}]}]}
                """,
            answer: .init(
                status: 201,
                description: "Each item with its prices, or with reasons.",
                schema: .ref("Quote")
            )
        )
    ]

    static let quoteSchemas: [(name: String, schema: Schema)] = [
        (
            "QuoteRequest",
            .object([
                .required("id", .ref("Number")),
                .required("quoteItems", .array(of: .ref("QuoteItem"), count: WholesaleLimits.elements)),
            ])
        ),
        (
            "QuoteItem",
            .object([
                .required("id", number(WholesaleLimits.items, "Yours.")),
                .required("sites", .array(of: .ref("QuoteSite"), count: WholesaleLimits.sites)),
                .required(
                    "contractDetails",
                    .object([
                        .required(
                            "contractLength",
                            .object([
                                .required("value", number(WholesaleLimits.contractLength)),
                                .required("unit", .choice(of: QuoteContract.Unit.self)),
                            ])
                        ),
                        .required("billingFrequency", .choice(of: QuoteContract.Billing.self)),
                        .open("priceAlteration", .string(WholesaleLimits.name)),
                    ])
                ),
                .required(
                    "service",
                    .array(
                        of: .object([
                            .required("serviceSpecification", .ref("ServiceSpecification")),
                            characteristics("serviceCharacteristic"),
                        ]),
                        count: WholesaleLimits.elements
                    )
                ),
            ])
        ),
        (
            "QuoteSite",
            .object([
                .required("name", .string(WholesaleLimits.name)),
                .required("address", .string(WholesaleLimits.addressLine)),
                .required("postcode", .string(WholesaleLimits.postcode)),
                .required("role", .choice(of: QuoteSite.Role.self)), characteristics("siteCharacteristics"),
            ])
        ),
        (
            "Quote",
            .object([
                .required("id", .ref("Number")), .required("quoteItems", .array(of: .ref("PricedItem"))),
            ])
        ),
        (
            "PricedItem",
            .object([
                .required("id", number(WholesaleLimits.items)), .required("status", .choice(["APPROVED", "REJECTED"])),
                .optional("reasons", .array(of: .string(), "Why it is rejected.")),
                .optional("supplierQuoteId", .string(WholesaleLimits.reference, description: "For an order.")),
                .optional("prices", .array(of: .ref("Price"))),
                .optional("leadTimeDays", .integer(0...Int64(Int32.max))), .optional("validUntil", .moment()),
            ])
        ),
        (
            "Price",
            .object(
                "Pounds, as a decimal string.",
                [
                    .required("priceType", .choice(["ONE_OFF", "RECURRING"])),
                    .optional("recurringPeriod", .choice(of: QuotePrice.Period.self)),
                    .required("amount", .string(pattern: "^-?[0-9]+\\.[0-9]{2}$", example: "150.00")),
                    .required("currency", .choice(["GBP"])),
                ]
            )
        ),
    ]
}
