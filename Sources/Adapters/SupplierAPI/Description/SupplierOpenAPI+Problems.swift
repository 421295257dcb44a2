import Domain
import HTTPTypes

/// Faults of live lines, and what becomes of them (G-090, G-110 to G-117).
extension SupplierOpenAPI {
    static let problems: [DescribedOperation] = [
        DescribedOperation(
            method: .post,
            path: "/service-problems",
            id: "reportProblem",
            tag: "Problems",
            summary: "Report a fault of a live line",
            description: "An OUTAGE names a repair visit that is held, anything else none. It goes on by updates.",
            body: .ref("ProblemReport"),
            example: """
                {"id":1,"problemType":"PERFORMANCE","problemText":"Slower every evening","serviceId":"S1000001",\
                "serviceSpecification":{"id":"ftthl2r"},\
                "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}],\
                "primaryContact":{"name":"Robin Sample","phoneNumber":"01632 960123"}}
                """,
            answer: .init(
                status: 202,
                description: "It is taken; that it is accepted comes as an update.",
                schema: .ref("ServiceProblem")
            )
        ),
        DescribedOperation(
            method: .get,
            path: "/service-problems/{id}",
            id: "showProblem",
            tag: "Problems",
            summary: "A problem as it is now",
            parameters: [.id(numberOfYours)],
            answer: .init(status: 200, description: "As it is now.", schema: .ref("ServiceProblem"))
        ),
        change(
            tag: "Problems",
            "/service-problem-amendments",
            "amendProblem",
            "Change a problem that is open, or add to it",
            "Only what changes.",
            body: "ProblemAmendment",
            example: #"{"id":3,"serviceProblemId":1,"escalationRequest":true,"notes":"After noon"}"#
        ),
        change(
            tag: "Problems",
            "/service-problem-cancellations",
            "cancelProblem",
            "Give a problem up",
            "Once the engineer's visit has begun it is refused.",
            body: "ProblemCancellation",
            example: #"{"id":4,"serviceProblemId":1,"reasonCode":"ISSUE_RESOLVED"}"#
        ),
        DescribedOperation(
            method: .patch,
            path: "/service-problem-resolutions/{id}",
            id: "answerResolution",
            tag: "Problems",
            summary: "Take a resolution, or say why not",
            description: "Within 48 hours; without an answer it counts as taken. What follows comes as an update.",
            parameters: [resolutionName],
            body: .ref("ResolutionAnswer"),
            example: #"{"serviceProblemId":1,"status":"ACCEPTED"}"#,
            answer: .init(status: 200, description: "It is answered.", schema: .ref("AnsweredResolution"))
        ),
    ]

    static let problemSchemas: [(name: String, schema: Schema)] = [
        (
            "ProblemReport",
            .object(
                "G-110.",
                [
                    .required("id", .ref("Number")), .open("externalIdentifier", .string(WholesaleLimits.name)),
                    .required("problemType", .choice(of: ProblemType.self)),
                    .required("problemText", .string(WholesaleLimits.problemText)),
                    .required("serviceId", .ref("Reference")),
                    .required("serviceSpecification", .ref("ServiceSpecification")), .open("address", .ref("Address")),
                    .open("serviceTestId", .ref("Number")), characteristics("characteristics"),
                    .required("primaryContact", .ref("Contact")), .open("secondaryContact", .ref("Contact")),
                    .open(
                        "appointmentSupplierReference",
                        .string(WholesaleLimits.reference, description: "With OUTAGE, and only then.")
                    ), .open("parentServiceProblemId", .ref("Number")),
                ] + site
            )
        ),
        (
            "ProblemAmendment",
            named(
                "At least one change beside the problem.",
                [
                    .open("problemText", .string(WholesaleLimits.problemText)), .open("escalationRequest", .boolean()),
                    .open("primaryContact", .ref("ContactChange")), .open("secondaryContact", .ref("ContactChange")),
                    characteristics("characteristics"), .open("appointmentSupplierReference", .ref("Reference")),
                ] + site
            )
        ),
        (
            "ProblemCancellation",
            named(
                "G-115.",
                [
                    .required("reasonCode", .choice(of: ProblemCancellation.Reason.self)),
                    .open("text", .string(WholesaleLimits.note)),
                ]
            )
        ),
        (
            "ResolutionAnswer",
            .object([
                .required("status", .choice(["ACCEPTED", "REJECTED"])),
                .open("tenantNotes", .string(WholesaleLimits.note, description: "Required with REJECTED.")),
            ])
        ),
        (
            "AnsweredResolution",
            .object([
                .required("id", .ref("Reference")), .required("serviceProblemId", .ref("Number")),
                .required("status", .choice(["ACCEPTED", "REJECTED"])),
            ])
        ),
        (
            "ServiceProblem",
            .object(
                "A problem, here and in updates about it.",
                [
                    .required("id", .ref("Number")), .required("tenant", .string()),
                    .required("supplierReference", .ref("Reference")),
                    .required("status", .choice(of: ServiceProblem.Status.self, "G-113.")),
                    .required("serviceId", .ref("Reference")),
                    .optional("appointmentSupplierReference", .ref("Reference")),
                    .required("created", .moment()), .required("updated", .moment()),
                ]
            )
        ),
    ]

    /// A resolution, in the update that offers it (G-116, G-117).
    static let offeredResolution = Schema.object(
        "With CONFIRM.",
        [
            .required("id", .string(WholesaleLimits.reference, pattern: "^[0-9A-Za-z_-]+$", example: "CS0000001-1")),
            .open("resolutionCode", .ref("Reference")), .open("resolutionCategory", .ref("Reference")),
            .open("resolutionText", .string(WholesaleLimits.note)), codes("supplierCodes"), codes("faultCode"),
            codes("slaViolation"),
        ]
    )

    private static func codes(_ name: String) -> Schema.Field {
        .open(name, .array(of: .ref("Reference"), count: WholesaleLimits.codes))
    }

    private static let resolutionName = DescribedOperation.Parameter(
        name: "id",
        place: .path,
        schema: .string(pattern: "^[0-9A-Za-z_-]{1,50}$"),
        isRequired: true,
        description: "The operator's own name for it, from CONFIRM. Anything else names nothing: 404.",
        example: "CS0000001-1"
    )

    private static func named(_ description: String, _ fields: [Schema.Field]) -> Schema {
        object(
            description,
            [.required("id", .ref("Number"))] + fields,
            naming: "serviceProblemId",
            or: "supplierReference"
        )
    }
}
