import Domain
import HTTPTypes

/// Is the line at fault? (G-100 to G-104)
extension TenantOpenAPI {
    static let tests: [DescribedOperation] = [
        DescribedOperation(
            method: .post,
            path: "/service-tests",
            id: "requestTest",
            tag: "Tests",
            summary: "Have a line tested",
            description:
                "The result comes by an update and is then shown by GET. A problem may be raised within two hours of it.",
            scopes: ["tenant.all.all", "problems"],
            body: .ref("TestRequest"),
            example: """
                {"supplier":"DUMMY_SUPPLIER","serviceId":"S1000001","problemType":"OUTAGE",\
                "serviceSpecification":{"id":"ftthl2r"},"characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}]}
                """,
            answer: .init(
                status: 201,
                description: "It is taken.",
                schema: .ref("ServiceTest"),
                headers: ["Location"]
            ),
            refusals: [501]
        ),
        DescribedOperation(
            method: .get,
            path: "/service-tests/{id}",
            id: "readTest",
            tag: "Tests",
            summary: "A test of yours",
            scopes: reading,
            parameters: [.id],
            answer: .init(status: 200, description: "As it is now.", schema: .ref("ServiceTest"))
        ),
    ]

    static let testSchemas: [(name: String, schema: Schema)] = [
        (
            "TestRequest",
            .object([
                .required("supplier", .ref("SupplierId")), .required("serviceId", .string(1...50)),
                .required("problemType", .choice(of: ProblemType.self)),
                .required("serviceSpecification", .ref("ServiceSpecification")),
                .required(
                    "characteristics",
                    .array(
                        of: .ref("Characteristic"),
                        count: 1...500,
                        "SERVICE_HAS_WORKED; if it has, SERVICE_LAST_WORKED; for CPE, EQUIPMENT_TYPE."
                    )
                ),
            ])
        ),
        (
            "ServiceTest",
            .object(
                [
                    .required("id", .ref("EntityId")), .required("status", .choice(of: ServiceTest.Status.self)),
                    .required("supplier", .ref("SupplierId")), .optional("supplierReference", .string()),
                    .required("serviceId", .string()), .required("problemType", .choice(of: ProblemType.self)),
                    .required("serviceSpecification", .ref("ServiceSpecification")),
                    .required("characteristics", .array(of: .ref("Characteristic"))),
                    .optional("result", .ref("TestResult")),
                ] + times + [updates]
            )
        ),
        (
            "TestResult",
            .object(
                "G-103.",
                [
                    .required("outcome", .choice(of: TestResult.Outcome.self)),
                    .required("code", .string(pattern: "^[A-Z_]{3,50}$", example: "NO_LIGHT")),
                    .optional("text", .string()),
                    .required("raiseProblem", .boolean("Whether a problem should be raised; never if GREEN.")),
                    .optional("validUntil", .moment("Until when a problem may name this test.")),
                    .required(
                        "measures",
                        .array(
                            of: .object([
                                .required("name", .string()), .required("value", .string()),
                                .optional("unit", .string()),
                                .optional("capturedAt", .moment()),
                            ])
                        )
                    ),
                ]
            )
        ),
    ]
}
