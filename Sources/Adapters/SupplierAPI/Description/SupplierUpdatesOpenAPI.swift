import Domain
import Formats
import HTTPTypes

/// The gateway's Supplier Updates API as OpenAPI 3.1: `/docs/supplier-updates-api.json`. Requests are tested against it.
///
/// An update about another kind of entity is one more of ``subjects``, and its schema.
struct SupplierUpdatesOpenAPI {
    let document: OpenAPIDocument

    /// - Parameters:
    ///   - server: the base of the paths, without a slash at the end.
    ///   - tokens: where tokens are had.
    init(server: String, tokens: String) {
        document = OpenAPIDocument(
            title: "Supplier Updates API",
            summary: "A supplier tells the gateway what becomes of an order, a test or a problem.",
            description: """
                An update is taken once by its `id`: a repeat changes nothing and is answered the same. Those about one entity may come \
                in any order: they are put in that of their `sequenceNumber` (G-079). \
                A parameter of the query is ignored, and named in `X-Gateway-Warning`.
                """,
            server: OpenAPIDocument.Server(url: server),
            security: [(OpenAPIDocument.security, .clientCredentials(tokens: tokens, scopes: []))],
            tags: [("Updates", "What became of it.")],
            common: Self.common,
            operations: Self.operations,
            schemas: Self.schemas
        )
    }

    private static let common = DescribedOperation.Common(
        security: [OpenAPIDocument.security],
        headers: SupplierOpenAPI.conversation,
        echoed: SupplierOpenAPI.conversation.map(\.name),
        meanings: SupplierOpenAPI.meanings,
        always: [400, 401, 403, 404, 406, 413, 414, 415, 431, 500, 503],
        withBody: [422],
        warns: true
    )

    static let operations: [DescribedOperation] = [
        DescribedOperation(
            method: .post,
            path: "/kcis",
            id: "postUpdate",
            tag: "Updates",
            summary: "What became of an order, a test or a problem",
            description: """
                About exactly one entity, named by the gateway's `id`, by the supplier's reference, or both; another supplier's or \
                another tenant's is 404. 422: the entity's state does not allow it now. WARNING, DELAY, REAPPOINT and CANCELLED need \
                a `problemCode` (G-077), CONFIRM the `resolution` that it offers.
                """,
            body: .anyOf(subjects.map { .ref($0.schema) }),
            example: """
                {"id":"0192f3a4-5b6c-7d8e-9f00-112233445566","sequenceNumber":1,"issuedOn":"2026-11-02T09:30:00Z",\
                "reasonCode":"COMMITTED","provideServiceOrder":{"id":1,"tenant":"TENANT1",\
                "supplierOrderReference":"SO0000001","committedDate":"2026-11-12","targetDate":"2026-11-12"}}
                """,
            answer: .init(status: 204, description: "It is durable.")
        )
    ]

    /// What an update may be about (G-092), and how that is read.
    private static let subjects: [(member: String, schema: String, entity: Schema)] = [
        ("provideServiceOrder", "ProvideOrderUpdate", named(order)),
        ("modifyServiceOrder", "ModifyOrderUpdate", named(order)),
        ("ceaseServiceOrder", "CeaseOrderUpdate", named(order)),
        ("unsolicitedCeaseServiceOrder", "UnsolicitedCeaseUpdate", named(unsolicitedCease)),
        ("provideEthernetServiceOrder", "EthernetOrderUpdate", named(order)),
        ("serviceTest", "ServiceTestUpdate", named(test, or: "supplierReference")),
        ("serviceProblem", "ServiceProblemUpdate", named(problem, or: "supplierReference")),
    ]

    static let schemas: [(name: String, schema: Schema)] =
        SupplierOpenAPI.values
        + [
            ("TestResult", SupplierOpenAPI.testResult), ("OfferedResolution", SupplierOpenAPI.offeredResolution),
            ("OwnReference", ownReference),
        ]
        + subjects.map { subject in
            let others = subjects.map(\.member).filter { $0 != subject.member }.map {
                Schema.Field.optional($0, .ref("Absent"))
            }
            let about = Schema.Field.required(subject.member, subject.entity)
            return (subject.schema, .object(update + [about] + others))
        }

    private static let update: [Schema.Field] = [
        .required("id", .string(pattern: "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$", example: uuid)),
        .open(
            "sequenceNumber",
            SupplierOpenAPI.number(WholesaleLimits.numbers, "Of this entity's updates, without a gap, from 1.")
        ), .required("issuedOn", .moment("When it happened.")),
        .required("reasonCode", .choice(of: SupplyUpdate.Reason.self, "G-093.")),
        .open("problemCode", .string(WholesaleLimits.reference, description: "G-077; others are kept as they come.")),
        .open("text", .string(WholesaleLimits.note)),
        .open("supplierCodes", .array(of: .ref("Reference"), count: WholesaleLimits.remarks)),
        .optional("supplierCode", .any("Deprecated, and read where there are no `supplierCodes`.")),
        .open("notes", .array(of: .string(WholesaleLimits.note), count: WholesaleLimits.remarks)),
        .open("serviceOrderAmendmentId", .ref("Number")), .open("serviceOrderCancellationId", .ref("Number")),
        .open("serviceProblemAmendmentId", .ref("Number")), .open("serviceProblemCancellationId", .ref("Number")),
    ]

    /// As `ObjectReader.optionalName` reads it.
    private static let ownReference = Schema.anyOf(
        [.string(WholesaleLimits.reference), .wholeNumber],
        "The supplier's own name of the entity. A number counts as the text of its digits."
    )

    private static func named(_ fields: [Schema.Field], or reference: String = "supplierOrderReference") -> Schema {
        SupplierOpenAPI.object(nil, fields, naming: "id", or: reference, as: .ref("OwnReference"))
    }

    private static let uuid = "0192f3a4-5b6c-7d8e-9f00-112233445566"

    private static let order: [Schema.Field] = [
        .open("tenant", .string(WholesaleLimits.tenant)), .open("status", .ref("Reference")),
        .open("committedDate", .day()), .open("targetDate", .day()),
        .open(
            "serviceOrderItem",
            .object([SupplierOpenAPI.characteristics("serviceCharacteristics")])
        ), .open("serviceId", .string(WholesaleLimits.reference, description: "Of COMPLETED, here or as SERVICE_ID.")),
    ]

    /// With CREATED its reference, tenant and service are required: there may be no order yet (G-055).
    private static let unsolicitedCease: [Schema.Field] =
        order + [.open("requestedCeaseDate", .day()), .open("reason", .ref("Reference"))]

    private static let test: [Schema.Field] = [
        .open("tenant", .string(WholesaleLimits.tenant)), .open("status", .ref("Reference")),
        .open("result", .ref("TestResult")),
    ]

    private static let problem: [Schema.Field] = [
        .open("tenant", .string(WholesaleLimits.tenant)),
        .open("status", .string(WholesaleLimits.reference, description: "G-113; others move nothing.")),
        .open("resolution", .ref("OfferedResolution")),
    ]
}
