import Domain

/// Updates as an entity lists them (G-070 to G-077).
extension TenantOpenAPI {
    static let updateSchemas: [(name: String, schema: Schema)] = [
        (
            "Update",
            .object(
                "One of `information`, `action` and `error` is there, as `updateType` says.",
                [
                    .required("sequenceNumber", .integer(1...ReadingLimits.idMax, "Without a gap for each entity.")),
                    .optional("issuedOn", .moment("When the supplier says that it happened.")),
                    .optional("receivedOn", .moment("When the gateway heard of it.")),
                    .required("updateType", .choice(["INFORMATIONAL", "ACTION_REQUIRED", "ERROR"])),
                    .required("entityType", .string()), .required("created", .moment()),
                    .optional("information", .ref("UpdateDetails")), .optional("action", .ref("UpdateDetails")),
                    .optional(
                        "error",
                        .object(
                            [.required("code", .string()), .required("messages", .array(of: .string()))]
                                + updateRequests
                        )
                    ),
                ]
            )
        ),
        (
            "UpdateDetails",
            .object(
                "G-073, G-074, G-076.",
                [
                    .required(
                        "type",
                        .choice(InformationType.allCases.map(\.rawValue) + ActionType.allCases.map(\.rawValue))
                    )
                ] + updateDetails
            )
        ),
    ]

    /// What explains an update, beside its type (G-076).
    static let updateDetails: [Schema.Field] =
        [
            .optional("problemCode", .string(description: "G-077; others may come.")), .optional("text", .string()),
            .optional("supplierCodes", .array(of: .string())), .optional("notes", .array(of: .string())),
        ] + updateRequests + [.optional("dueBy", .moment("Until when an answer counts."))]

    /// Which of the tenant's own requests an update is about.
    static let updateRequests: [Schema.Field] = [
        .optional("serviceOrderAmendmentId", .ref("EntityId")),
        .optional("serviceOrderCancellationId", .ref("EntityId")),
        .optional("serviceProblemAmendmentId", .ref("EntityId")),
        .optional("serviceProblemCancellationId", .ref("EntityId")),
        .optional("serviceProblemResolutionId", .ref("EntityId")),
    ]
}
