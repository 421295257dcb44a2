import Domain
import Formats

/// What requests and answers are made of.
extension SupplierOpenAPI {
    static let values: [(name: String, schema: Schema)] = [
        ("Number", number(WholesaleLimits.numbers, "The gateway's own.")),
        ("Reference", .string(WholesaleLimits.reference)),
        (
            "PremisesIdentifier",
            .object([.required("id", .string(WholesaleLimits.addressID)), .required("type", addressType)])
        ),
        (
            "Address",
            .object(
                "Premises, by an identifier and others of the same.",
                [
                    .required("id", .string(WholesaleLimits.addressID, example: "10090000001")),
                    .required("type", addressType),
                    .open(
                        "additionalIdentifiers",
                        .array(of: .ref("PremisesIdentifier"), count: WholesaleLimits.names)
                    ),
                ]
            )
        ),
        ("ServiceSpecification", .object("A product.", [.required("id", .ref("Reference"))])),
        (
            "Characteristic",
            .object([.required("name", .ref("Reference")), .required("value", .ref("Reference"))])
        ),
        (
            "Contact",
            .object(
                "F-022.",
                [
                    .required("name", .string(WholesaleLimits.name)), .required("phoneNumber", phoneNumber),
                    .open("email", .string(WholesaleLimits.email)),
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

    static let phoneNumber = Schema.string(pattern: #"^\+?[0-9 \t\-#]{8,50}$"#, example: "01632 960123")

    /// What an engineer should know (F-020).
    static let site: [Schema.Field] = [
        .open("hazards", .string(WholesaleLimits.note)), .open("onSiteRestrictions", .string(WholesaleLimits.note)),
        .open("notes", .string(WholesaleLimits.note)),
    ]

    /// Words that nobody knows are left out.
    static let engineerTasks = Schema.Field.open(
        "engineerTasks",
        .array(
            of: .ref("Reference"),
            count: WholesaleLimits.remarks,
            "Known: \(EngineerTask.allCases.map(\.rawValue).joined(separator: ", "))."
        )
    )

    /// Any number of them.
    static func characteristics(_ name: String) -> Schema.Field {
        .open(name, .array(of: .ref("Characteristic"), count: ObjectReader.anyCount))
    }

    /// An object that says by one of two members, or by both, which entity it is about.
    static func object(
        _ description: String? = nil,
        _ fields: [Schema.Field],
        naming number: String,
        or reference: String,
        as referenceSchema: Schema = .ref("Reference")
    ) -> Schema {
        let names: [Schema.Field] = [.open(number, .ref("Number")), .open(reference, referenceSchema)]
        let either: [Schema] = [
            .object([.required(number, .ref("Number"))]), .object([.required(reference, referenceSchema)]),
        ]
        return .allOf([.object(names + fields), .anyOf(either)], description)
    }

    static func number(_ range: ClosedRange<Int>, _ description: String? = nil) -> Schema {
        .integer(Int64(range.lowerBound)...Int64(range.upperBound), description)
    }

    private static let addressType = Schema.string(
        WholesaleLimits.addressType,
        pattern: "^[A-Za-z_]+$",
        description: "UPRN, NAD, DistrictCode, ROBT, LINE_ID (X-39).",
        example: "UPRN"
    )
}
