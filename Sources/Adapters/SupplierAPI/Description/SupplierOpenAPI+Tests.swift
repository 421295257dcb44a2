import Domain
import Formats
import HTTPTypes

/// Is the line at fault? (G-100 to G-104)
extension SupplierOpenAPI {
    static let tests: [DescribedOperation] = [
        DescribedOperation(
            method: .post,
            path: "/service-tests",
            id: "runLineTest",
            tag: "Tests",
            summary: "Have a line tested",
            description: "The result comes by an update, and is then shown by GET.",
            body: .ref("TestRequest"),
            example: """
                {"id":5,"serviceId":"S1000001","problemType":"OUTAGE","serviceSpecification":{"id":"ftthl2r"},\
                "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}]}
                """,
            answer: .init(status: 201, description: "It is under way.", schema: .ref("LineTest"))
        ),
        DescribedOperation(
            method: .get,
            path: "/service-tests/{id}",
            id: "showLineTest",
            tag: "Tests",
            summary: "A test as it is now",
            parameters: [.id(numberOfYours)],
            answer: .init(status: 200, description: "As it is now.", schema: .ref("LineTest"))
        ),
    ]

    static let testSchemas: [(name: String, schema: Schema)] = [
        (
            "TestRequest",
            .object([
                .required("id", .ref("Number")), .required("serviceId", .ref("Reference")),
                .required("problemType", .choice(of: ProblemType.self)),
                .required("serviceSpecification", .ref("ServiceSpecification")), characteristics("characteristics"),
            ])
        ),
        (
            "LineTest",
            .object(
                "A test, here and in updates about it.",
                [
                    .required("id", .ref("Number")), .required("tenant", .string()),
                    .required("supplierReference", .ref("Reference")), .required("serviceId", .ref("Reference")),
                    .required("problemType", .choice(of: ProblemType.self)),
                    .required("status", .choice(["IN_PROGRESS", "FAILED", "COMPLETED"])),
                    .optional("result", .ref("TestResult")),
                ]
            )
        ),
        ("TestResult", testResult),
    ]

    /// G-103.
    static let testResult = Schema.object([
        .required("outcome", .choice(of: TestResult.Outcome.self)),
        .required("code", .string(ReceivedUpdate.Limits.resultCode, example: "NO_FAULT_FOUND")),
        .open("text", .string(WholesaleLimits.note)),
        .required("raiseProblem", .boolean("Whether a problem should be raised on it.")),
        .open("validUntil", .moment()),
        .open(
            "measures",
            .array(
                of: .object([
                    .required("name", .string(WholesaleLimits.name)),
                    .required("value", .string(WholesaleLimits.name)),
                    .open("unit", .string(ReceivedUpdate.Limits.unit)), .required("capturedAt", .moment()),
                ]),
                count: ObjectReader.anyCount
            )
        ),
    ])
}
