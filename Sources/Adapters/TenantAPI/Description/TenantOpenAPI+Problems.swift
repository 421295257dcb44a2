import Domain
import HTTPTypes

/// From a report to a resolution (G-110 to G-118).
extension TenantOpenAPI {
    static let problems: [DescribedOperation] = [
        DescribedOperation(
            method: .post,
            path: "/service-problems",
            id: "raiseProblem",
            tag: "Problems",
            summary: "Report a problem with a line",
            description:
                "An OUTAGE needs a reserved visit for REPAIR; every other problem must have none (T-012, G-118).",
            scopes: ["tenant.all.all", "problems"],
            body: .ref("ProblemReport"),
            example: """
                {"supplier":"DUMMY_SUPPLIER","serviceId":"S1000001","problemType":"PERFORMANCE",\
                "problemText":"Slow every evening","serviceSpecification":{"id":"ftthl2r"},\
                "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}],\
                "primaryContact":{"name":"Robin Sample","phoneNumber":"01632 960123"}}
                """,
            answer: .init(
                status: 201,
                description: "It is taken, durably, and goes to the supplier.",
                schema: .ref("ServiceProblem"),
                headers: ["Location"]
            ),
            refusals: [501]
        ),
        DescribedOperation(
            method: .get,
            path: "/service-problems/{id}",
            id: "readProblem",
            tag: "Problems",
            summary: "A problem of yours, with its updates",
            scopes: reading,
            parameters: [.id],
            answer: .init(status: 200, description: "As it is now.", schema: .ref("ServiceProblem"))
        ),
        reading(
            "/service-problem-resolutions/{id}",
            "readResolution",
            "Problems",
            "A resolution of yours",
            "Resolution"
        ),
        DescribedOperation(
            method: .patch,
            path: "/service-problem-resolutions/{id}",
            id: "answerResolution",
            tag: "Problems",
            summary: "Accept or reject a resolution",
            description:
                "Asked for by an update of type CONFIRM; after `dueBy` silence counts as accepted. Rejecting needs a reason.",
            scopes: ["tenant.all.all", "problems"],
            parameters: [.id],
            body: .ref("ResolutionAnswer"),
            example: #"{"status":"ACCEPTED"}"#,
            answer: .init(
                status: 200,
                description: "Your answer is on its way.",
                schema: .ref("Resolution")
            ),
            refusals: [501]
        ),
    ]

    static let problemSchemas: [(name: String, schema: Schema)] = [
        (
            "ProblemReport",
            .object(
                "G-110.",
                [
                    .required("supplier", .ref("SupplierId")), .open("externalIdentifier", .string(1...64)),
                    .required("problemType", .choice(of: ProblemType.self)),
                    .required("problemText", .string(10...80)), .required("serviceId", .string(1...50)),
                    .required("serviceSpecification", .ref("ServiceSpecification")), .open("address", .ref("Address")),
                    .open("serviceTestId", .ref("EntityId")),
                    .required(
                        "characteristics",
                        .array(
                            of: .ref("Characteristic"),
                            count: 1...500,
                            "SERVICE_HAS_WORKED; if it has, SERVICE_LAST_WORKED (G-111)."
                        )
                    ),
                    .required("primaryContact", .ref("Contact")), .open("secondaryContact", .ref("Contact")),
                    .open("appointmentReservationId", .ref("EntityId")),
                    .open("parentServiceProblemId", .ref("EntityId")),
                ] + site
            )
        ),
        (
            "ServiceProblem",
            .object(
                "G-112.",
                [
                    .required("id", .ref("EntityId")), .required("status", .choice(of: ServiceProblem.Status.self)),
                    .optional("externalIdentifier", .string()), .required("supplier", .ref("SupplierId")),
                    .optional("supplierIdentifier", .string()),
                    .required("problemType", .choice(of: ProblemType.self)), .required("problemText", .string()),
                    .required("serviceId", .string()), .required("serviceSpecification", .ref("ServiceSpecification")),
                    .optional("address", .ref("Address")), .optional("serviceTestId", .ref("EntityId")),
                    .required("characteristics", .array(of: .ref("Characteristic"))),
                    .required("primaryContact", .ref("Contact")), .optional("secondaryContact", .ref("Contact")),
                    .optional("appointmentReservationId", .ref("EntityId")),
                    .optional("parentServiceProblemId", .ref("EntityId")), .optional("hazards", .string()),
                    .optional("onSiteRestrictions", .string()), .optional("notes", .string()),
                    .optional("resolution", .ref("Resolution")),
                ] + times + [updates]
            )
        ),
        (
            "Resolution",
            .object(
                "G-116, G-117.",
                [
                    .required("id", .ref("EntityId")), .required("serviceProblemId", .ref("EntityId")),
                    .required("status", .choice(["PENDING", "ACCEPTED", "REJECTED"])),
                    .required("resolvedDate", .moment()), .optional("closedDate", .moment()),
                    .optional("dueBy", .moment("Until when an answer counts.")),
                    .required(
                        "resolutionDetails",
                        .object([
                            .required("resolutionCode", .string()), .optional("resolutionCategory", .string()),
                            .optional("resolutionText", .string()),
                            .required("supplierCodes", .array(of: .string())),
                            .required("faultCode", .array(of: .string())),
                        ])
                    ),
                    .required("slaViolation", .array(of: .string())), .optional("tenantNotes", .string()),
                ]
            )
        ),
        (
            "ResolutionAnswer",
            .object([
                .required("status", .choice(["ACCEPTED", "REJECTED"])),
                .open("tenantNotes", .string(1...1_000, description: "Required with REJECTED.")),
            ])
        ),
    ]
}
