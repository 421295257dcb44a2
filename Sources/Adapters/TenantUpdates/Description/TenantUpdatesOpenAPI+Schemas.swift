import Domain

/// Every type of update, put together of three: what all have, what it is about, and what it says of it.
extension TenantUpdatesOpenAPI {
    static let schemas: [(name: String, schema: Schema)] =
        [("KCI", kci), ("Metadata", metadata)] + entities + contents.map { ($0.name, $0.schema) }
        + TenantOpenAPI.schemas.filter { $0.name != "KCI" }

    private static let kci = Schema.allOf(
        [
            .ref("Metadata"), .oneOf(entities.map { .ref($0.name) }, "What it is about, as it was then."),
            .oneOf(contents.map { .ref($0.name) }, "What is said of it."),
        ],
        "An update; its bytes are frozen with the change that it tells of, but for `deliveredOn` and what missed you."
    )

    /// G-070.
    private static let metadata = Schema.object([
        .required("id", .string(format: "uuid", description: "Stable over attempts.")),
        .required("supplier", .ref("SupplierId")),
        .required(
            "sequenceNumber",
            .integer(1...ReadingLimits.idMax, "Of this entity's updates, without a gap, from 1.")
        ), .optional("issuedOn", .moment("When the supplier says that it happened.")),
        .optional("receivedOn", .moment("When the gateway heard of it.")),
        .optional("deliveredOn", .moment("When the first attempt was made.")),
        .optional("redelivered", .boolean("`true`: you, or the operator, had it sent again.")),
        .optional(
            "missedSequenceNumbers",
            .array(of: .integer(1...ReadingLimits.idMax), "Of this entity's updates: parked, and not delivered yet.")
        ), .required("updateType", .choice(contents.map(\.type))),
        .required("entityType", .choice(of: KCIView.EntityType.self)),
    ])

    /// G-071: exactly one of three.
    private static let contents: [(name: String, type: String, schema: Schema)] = [
        (
            "InformationalUpdate", "INFORMATIONAL",
            content("INFORMATIONAL", "information", details(.choice(of: InformationType.self, "G-073.")))
        ),
        (
            "ActionRequiredUpdate", "ACTION_REQUIRED",
            content("ACTION_REQUIRED", "action", details(.choice(of: ActionType.self, "G-074.")))
        ),
        (
            "ErrorUpdate", "ERROR",
            content(
                "ERROR",
                "error",
                .object(
                    "G-075.",
                    [
                        .required("uuid", .string(format: "uuid")), .required("code", .choice(of: APIError.Code.self)),
                        .required("messages", .array(of: .string())),
                    ] + TenantOpenAPI.updateRequests
                )
            )
        ),
    ]

    private static func content(_ type: String, _ member: String, _ schema: Schema) -> Schema {
        .object([.required("updateType", .choice([type])), .required(member, schema)])
    }

    private static func details(_ type: Schema) -> Schema {
        .object([.required("type", type)] + TenantOpenAPI.updateDetails)
    }

    /// G-072: of a type's own, with what only that type has.
    private static let entities: [(name: String, schema: Schema)] = KCIView.EntityType.allCases.map { type in
        switch type {
        case .provideOrder:
            (
                "ProvideOrderUpdate",
                entity(type, order(ProvideType.allCases.map(\.rawValue), with: .required("address", .ref("Address"))))
            )
        case .modifyOrder:
            (
                "ModifyOrderUpdate",
                entity(type, order([OrderType.modify.rawValue], with: .required("serviceId", .string())))
            )
        case .ceaseOrder:
            (
                "CeaseOrderUpdate",
                entity(type, order([OrderType.cease.rawValue], with: .required("serviceId", .string())))
            )
        case .unsolicitedCeaseOrder:
            (
                "UnsolicitedCeaseOrderUpdate",
                entity(type, order([OrderType.unsolicitedCease.rawValue], with: .required("serviceId", .string())))
            )
        case .provideEthernetOrder:
            (
                "ProvideEthernetOrderUpdate",
                entity(
                    type,
                    .allOf([
                        .ref("ServiceOrder"),
                        .object([
                            .required("supplierQuoteId", .string()),
                            .required("siteInformation", .array(of: .ref("EthernetSite"))),
                        ]),
                    ])
                )
            )
        case .serviceTest: ("ServiceTestUpdate", entity(type, .ref("ServiceTest")))
        case .serviceProblem: ("ServiceProblemUpdate", entity(type, .ref("ServiceProblem")))
        }
    }

    private static func entity(_ type: KCIView.EntityType, _ schema: Schema) -> Schema {
        .object([.required("entityType", .choice([type.rawValue])), .required("entity", schema)])
    }

    private static func order(_ types: [String], with member: Schema.Field) -> Schema {
        .allOf([.ref("ServiceOrder"), .object([.required("orderType", .choice(types)), member])])
    }
}
