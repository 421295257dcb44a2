import Domain
import HTTPTypes

/// What can be had, and where (G-010, G-020 to G-024).
extension SupplierOpenAPI {
    static let questions: [DescribedOperation] = [
        DescribedOperation(
            method: .get,
            path: "/addresses",
            id: "lookUpAddresses",
            tag: "Availability",
            summary: "The addresses of a postcode, or of a UPRN",
            description: "One of `postalCode` and `uprn` is needed. None is an empty list.",
            parameters: [
                .query("postalCode", .string(), "In either case, with or without its space."),
                .query("uprn", number(WholesaleLimits.numbers), "The premises itself.", example: "10090000001"),
            ],
            answer: .init(
                status: 200,
                description: "What was found.",
                schema: .object([.required("addresses", .array(of: .ref("KnownAddress")))])
            )
        ),
        DescribedOperation(
            method: .get,
            path: "/service-availability",
            id: "serviceAvailability",
            tag: "Availability",
            summary: "What can be had at an address, and whether an engineer must come",
            description: "An address that cannot be served is an answer too: the reasons say why.",
            parameters: [address],
            answer: .init(status: 200, description: "What can be had.", schema: .ref("Availability"))
        ),
    ]

    static let questionSchemas: [(name: String, schema: Schema)] = [
        (
            "KnownAddress",
            .object(
                "G-011.",
                [
                    .required("identifier", .ref("Address")), .optional("name", .string()),
                    .optional("streetNumber", .string()), .optional("streetName", .string()),
                    .optional("locality", .string()), .optional("city", .string()), .required("postcode", .string()),
                    .optional("country", .string()),
                    .optional(
                        "subAddress",
                        .object([.optional("name", .string()), .optional("unitNumber", .string())])
                    ), .optional("qualifier", .string()),
                    .optional("additionalAttributes", .array(of: .ref("Characteristic"))),
                ]
            )
        ),
        (
            "Availability",
            .object([
                .required("address", .ref("Address")),
                .required("serviceSpecifications", .array(of: .ref("AvailableProduct"))),
                .required("siteInformation", .siteInformation),
                .required(
                    "unavailabilityReasons",
                    .array(of: .object([.required("code", .string()), .required("text", .string())]))
                ),
            ])
        ),
        (
            "AvailableProduct",
            .object([
                .required("id", .string()), .required("name", .string()),
                .required(
                    "serviceCharacteristics",
                    .array(
                        of: .object([.required("name", .string()), .required("values", .array(of: .string()))])
                    )
                ),
            ])
        ),
    ]

    static let address = DescribedOperation.Parameter(
        name: "address",
        place: .query,
        schema: .ref("Address"),
        isRequired: true,
        description: "Premises, as URL-encoded JSON.",
        isJSON: true,
        example: #"{"id":"10090000001","type":"UPRN"}"#
    )
}
