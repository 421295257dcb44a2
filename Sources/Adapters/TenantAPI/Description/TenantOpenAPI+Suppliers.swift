import Domain
import HTTPTypes
import Engine

/// Who delivers, what, and where (G-020 to G-024, G-094).
extension TenantOpenAPI {
    static let suppliers: [DescribedOperation] = [
        DescribedOperation(
            method: .get,
            path: "/suppliers",
            id: "listSuppliers",
            tag: "Suppliers",
            summary: "Your suppliers, and what each offers",
            description: "What a supplier does not offer is answered with 501; here it can be known before.",
            scopes: reading,
            answer: .init(status: 200, description: "Your suppliers.", schema: .array(of: .ref("Supplier")))
        ),
        DescribedOperation(
            method: .get,
            path: "/service-availability",
            id: "checkAvailability",
            tag: "Suppliers",
            summary: "What can be had at an address",
            description: """
                An entry for each supplier asked; one that failed has `error`, and hides no other. 502 or 504 only if all failed.
                """,
            scopes: reading,
            parameters: [
                address,
                .query(
                    "suppliers",
                    .array(of: .ref("SupplierId"), count: 0...500),
                    "Which are asked; all of yours, if left out."
                ),
                .query(
                    "serviceTypes",
                    .array(of: .choice(["BROADBAND", "ETHERNET"]), count: 0...2),
                    "What is asked for; everything, if left out."
                ),
                .query("postalCode", .string(), "Taken, and not used (G-020)."),
            ],
            answer: .init(
                status: 200,
                description: "An entry for each supplier.",
                schema: .array(of: .ref("Availability"))
            ),
            refusals: [501, 502, 504]
        ),
    ]

    static let supplierSchemas: [(name: String, schema: Schema)] = [
        (
            "Supplier",
            .object([
                .required("id", .ref("SupplierId")), .required("name", .string()),
                .required("products", .array(of: .string())),
                .required("testRequired", .boolean("Whether a problem needs a test of the last two hours (G-104).")),
                .required("capabilities", .ref("Capabilities")),
            ])
        ),
        (
            "Capabilities",
            .object(
                "What it offers.",
                Capability.allCases.map { .required($0.rawValue, .boolean()) } + [
                    .required("resolutionConfirm", .boolean("Whether it asks for an answer to a resolution (§3.4)."))
                ]
            )
        ),
        (
            "Availability",
            .object([
                .required("supplier", .ref("SupplierId")),
                .required("address", .object([.required("identifier", .ref("Address"))])),
                .optional(
                    "serviceSpecifications",
                    .array(
                        of: .object([
                            .required("id", .string()), .required("name", .string()),
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
                .optional("siteInformation", .siteInformation),
                .optional(
                    "unavailabilityReasons",
                    .array(of: .object([.required("code", .string()), .optional("text", .string())]))
                ),
                .optional(
                    "error",
                    .object([
                        .required("uuid", .string(format: "uuid")), .required("code", .choice(of: APIError.Code.self)),
                        .required("messages", .array(of: .string())),
                    ])
                ),
            ])
        ),
    ]

    static let reading = ["tenant.all.all", "read"]

    static let address = DescribedOperation.Parameter(
        name: "address",
        place: .query,
        schema: .ref("Address"),
        isRequired: true,
        description: "Premises, as URL-encoded JSON.",
        isJSON: true,
        example: #"{"id":"10090000001","type":"UPRN"}"#
    )

    static let supplier = DescribedOperation.Parameter(
        name: "supplier",
        place: .query,
        schema: .ref("SupplierId"),
        isRequired: true,
        description: "Whose.",
        example: "DUMMY_SUPPLIER"
    )

    static let specification = DescribedOperation.Parameter(
        name: "serviceSpecification",
        place: .query,
        schema: .ref("ServiceSpecification"),
        isRequired: true,
        description: "The product, as URL-encoded JSON.",
        isJSON: true,
        example: #"{"id":"ftthl2r"}"#
    )
}
