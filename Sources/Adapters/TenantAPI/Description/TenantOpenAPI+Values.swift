import Domain

/// What requests and answers are made of (F-020 to F-023).
extension TenantOpenAPI {
    static let values: [(name: String, schema: Schema)] = [
        ("EntityId", .integer(1...ReadingLimits.idMax, "A number of the gateway's.")),
        (
            "SupplierId",
            .string(
                pattern: "^[A-Za-z0-9_]{1,20}$",
                description: "One of `GET /suppliers` (F-020).",
                example: "DUMMY_SUPPLIER"
            )
        ),
        (
            "PremisesIdentifier",
            .object([
                .required("id", .string(1...20, description: "A UPRN has 1 to 12 digits (X-17).")),
                .required(
                    "type",
                    .string(pattern: "^[A-Za-z_]{1,15}$", description: "UPRN, NAD, DistrictCode, ROBT, LINE_ID (X-39).")
                ),
            ])
        ),
        (
            "Address",
            .object(
                "Premises, by an identifier and others of the same.",
                [
                    .required("id", .string(1...20, example: "10090000001")),
                    .required("type", .string(pattern: "^[A-Za-z_]{1,15}$", example: "UPRN")),
                    .open("additionalIdentifiers", .array(of: .ref("PremisesIdentifier"), count: 1...500)),
                ]
            )
        ),
        (
            "ServiceSpecification",
            .object(
                "A product.",
                [.required("id", .string(1...50)), .open("name", .string(1...50, description: "Read-only."))]
            )
        ),
        (
            "Characteristic",
            .object([.required("name", .string(1...50)), .required("value", .string(1...50))])
        ),
        (
            "Contact",
            .object(
                "F-022.",
                [
                    .required("name", .string(1...100)), .required("phoneNumber", phoneNumber),
                    .open("email", email),
                ]
            )
        ),
        (
            "Timeslot",
            .object(
                "In UTC; a day of London's calendar lies behind it (G-042, G-043).",
                [
                    .required("timeslotStartDateTime", .moment()), .required("timeslotEndDateTime", .moment()),
                    .required("classification", .choice(TimeSlot.classifications)),
                    .required("standard", .boolean("`false`: at a premium.")),
                ]
            )
        ),
    ]

    static let phoneNumber = Schema.string(pattern: #"^\+?[0-9 \t\n\v\f\r\-#]{8,50}$"#, example: "01632 960123")
    static let email = Schema.string(
        pattern: #"^[^ \t\n\v\f\r]{1,64}@[^ \t\n\v\f\r]{2,254}$"#,
        example: "robin@example.com"
    )

    /// What an engineer should know (F-020).
    static let site: [Schema.Field] = [
        .open("hazards", .string(1...1_000)), .open("onSiteRestrictions", .string(1...1_000)),
        .open("notes", .string(1...1_000)),
    ]

    /// When it was made, and when it changed last.
    static let times: [Schema.Field] = [.required("created", .moment()), .required("updated", .moment())]

    /// Left out in lists.
    static let updates = Schema.Field.optional("updates", .array(of: .ref("Update")))
}
