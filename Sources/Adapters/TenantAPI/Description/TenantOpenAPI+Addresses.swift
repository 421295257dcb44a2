import Domain
import HTTPTypes

/// Where premises are, under all their names (G-010 to G-014).
extension TenantOpenAPI {
    static let addresses: [DescribedOperation] = [
        DescribedOperation(
            method: .get,
            path: "/addresses",
            id: "findAddresses",
            tag: "Suppliers",
            summary: "Addresses of a postcode, or of a UPRN",
            description:
                "One of `postalCode` and `uprn` is needed. None is an empty list; of more than 200 the first are shown.",
            scopes: reading,
            parameters: [
                .query("postalCode", .string(1...10), "In either case, with or without its space."),
                .query("uprn", .integer(1...999_999_999_999), "The premises itself.", example: "10090000001"),
                .query("name", .string(), "A part of the name."),
                .query("streetNumber", .string(), "The whole number."),
                .query("streetName", .string(), "A part of the street's name."),
                .query("supplier", .ref("SupplierId"), "Whose list; your own address source, if left out."),
            ],
            answer: .init(
                status: 200,
                description: "What was found.",
                schema: .array(of: .ref("FoundAddress"), count: 0...200),
                headers: ["X-Truncated"]
            ),
            refusals: [501, 502, 504]
        ),
        DescribedOperation(
            method: .get,
            path: "/suppliers/{id}/catalogue",
            id: "readCatalogue",
            tag: "Suppliers",
            summary: "A supplier's products, and the words and numbers that it understands",
            scopes: reading,
            parameters: [
                .init(
                    name: "id",
                    place: .path,
                    schema: .ref("SupplierId"),
                    isRequired: true,
                    description: "One of yours.",
                    example: "DUMMY_SUPPLIER"
                )
            ],
            answer: .init(status: 200, description: "Its catalogue.", schema: .ref("Catalogue"))
        ),
    ]

    static let addressSchemas: [(name: String, schema: Schema)] = [
        (
            "FoundAddress",
            .object(
                "G-011.",
                [
                    .required("identifier", .ref("Address")), .optional("name", .string()),
                    .optional("streetNumber", .string()), .optional("streetName", .string()),
                    .optional("locality", .string()), .optional("city", .string()), .optional("postcode", .string()),
                    .optional("country", .string()),
                    .optional(
                        "subAddress",
                        .object([.optional("name", .string()), .optional("unitNumber", .string())])
                    ),
                    .optional("qualifier", .string()), .optional("source", .string()),
                    .optional("additionalAttributes", .array(of: .ref("Characteristic"))),
                ]
            )
        ),
        (
            "Catalogue",
            .object([
                .required("supplier", .ref("SupplierId")), .required("name", .string()),
                .required(
                    "serviceSpecifications",
                    .array(
                        of: .object([
                            .required("id", .string()), .required("name", .string()),
                            .required("serviceTypes", .array(of: .choice(["BROADBAND", "ETHERNET"]))),
                            .required(
                                "serviceCharacteristics",
                                .array(
                                    of: .object([
                                        .required("name", .string()), .required("values", .array(of: .string())),
                                    ])
                                )
                            ),
                        ])
                    )
                ),
                .required(
                    "enumerations",
                    .array(
                        of: .object([
                            .required("name", .string()),
                            .required(
                                "values",
                                .array(
                                    of: .object([
                                        .required("index", .integer(0...10_000, "What goes over the wire.")),
                                        .required("name", .string()),
                                    ])
                                )
                            ),
                        ])
                    )
                ),
                .required("testRequired", .boolean()), .required("capabilities", .ref("Capabilities")),
            ])
        ),
    ]
}
