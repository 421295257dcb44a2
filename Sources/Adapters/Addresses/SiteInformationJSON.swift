import Domain
import Formats

/// What is known of a site, as both contracts spell it (G-023).
extension JSONWriter {
    mutating func siteInformation(_ site: SiteInformation) {
        object("siteInformation") { json in
            json.field("newLine", site.newLine)
            json.field("installationType", site.installationType)
            json.field("installationLeadTime", site.leadTimeDays)
            json.field("serviceReadyDate", site.serviceReadyDate?.description)
            json.field("enniId", site.enniID)
            json.field("siteName", site.siteName)
            json.field("siteLocation", site.siteLocation)
            json.strings("constraints", site.constraints)
            json.characteristics("lineCharacteristics", site.lineCharacteristics)
            json.array("existingLines") { json in
                for line in site.existingLines { json.object { $0.members(of: line) } }
            }
        }
    }

    private mutating func members(of line: ExistingLine) {
        field("installationType", line.installationType)
        field("lineId", line.lineID)
        guard let ont = line.ont else { return }
        object("ont") { json in
            json.field("ontReference", ont.reference)
            json.field("serialNumber", ont.serialNumber)
            json.field("manufacturer", ont.manufacturer)
            json.array("ports") { json in
                for port in ont.ports {
                    json.object {
                        $0.field("portNumber", port.number)
                        $0.field("status", port.status)
                    }
                }
            }
        }
    }
}

/// How much a supplier may say of a site: a street cabinet's worth, so that an answer stays one.
private enum SiteLimits {
    static let words = 0...100
    static let lines = 0...100
    static let ports = 0...64
    /// Characters of a name or a note.
    static let text = 0...500
    static let leadTime = 0...366
    static let portNumber = 0...9_999
}

extension SiteInformation {
    /// As a supplier says it; what is left out counts as none.
    init(_ site: ObjectReader?) {
        self.init(
            newLine: site?.optionalBool("newLine") ?? false,
            installationType: site?.optionalString("installationType", length: SiteLimits.text),
            leadTimeDays: site?.optionalInteger("installationLeadTime", range: SiteLimits.leadTime),
            serviceReadyDate: site?.optionalDate("serviceReadyDate").flatMap { CivilDate($0.description) },
            enniID: site?.optionalString("enniId", length: SiteLimits.text),
            siteName: site?.optionalString("siteName", length: SiteLimits.text),
            siteLocation: site?.optionalString("siteLocation", length: SiteLimits.text),
            constraints: site?.optionalStrings("constraints", count: SiteLimits.words) ?? [],
            lineCharacteristics: (site?.optionalObjects("lineCharacteristics", count: SiteLimits.words) ?? [])
                .compactMap { each in
                    each.requiredString("name", length: SiteLimits.text).map { name in
                        let value = each.optionalString("value", length: SiteLimits.text)
                        return Characteristic(name: name, value: value ?? "")
                    }
                },
            existingLines: (site?.optionalObjects("existingLines", count: SiteLimits.lines) ?? [])
                .map { ExistingLine($0) }
        )
    }
}

extension ExistingLine {
    fileprivate init(_ line: ObjectReader) {
        let ont = line.optionalObject("ont").map { ont in
            ONT(
                reference: ont.optionalString("ontReference", length: SiteLimits.text),
                serialNumber: ont.optionalString("serialNumber", length: SiteLimits.text),
                manufacturer: ont.optionalString("manufacturer", length: SiteLimits.text),
                ports: (ont.optionalObjects("ports", count: SiteLimits.ports) ?? []).compactMap { port in
                    guard let number = port.requiredInteger("portNumber", range: SiteLimits.portNumber),
                        let status = port.requiredString("status", length: SiteLimits.text)
                    else { return nil }
                    return Port(number: number, status: status)
                }
            )
        }
        self.init(
            installationType: line.optionalString("installationType", length: SiteLimits.text),
            lineID: line.optionalString("lineId", length: SiteLimits.text),
            ont: ont
        )
    }
}

extension Schema {
    /// The schema of ``SiteInformation``.
    static let siteInformation = Schema.object(
        "What is known of the site (G-023). Words beside those named here are a supplier's own.",
        [
            .required("newLine", .boolean("Whether a line can be brought to it.")),
            .optional(
                "installationType",
                .string(description: "STANDARD, EXTENDED_STANDARD, NON_STANDARD: if there is one, an engineer comes.")
            ),
            .optional("installationLeadTime", .integer(0...366, "Working days.")),
            .optional("serviceReadyDate", .day("From when on a service can be had.")),
            .optional("enniId", .string(description: "Where the supplier hands over.")),
            .optional("siteName", .string()), .optional("siteLocation", .string()),
            .optional(
                "constraints",
                .array(
                    of: .string(),
                    """
                    SURVEY_REQUIRED, BUSINESS_PARK, FEASIBILITY_CHECK, WAYLEAVE_OWNER, WAYLEAVE_SHARED, WAYLEAVE_PRIVATE, \
                    WAYLEAVE_UNADOPTED, WAYLEAVE_REFUSED, UNECONOMIC_LENGTH, UNECONOMIC_SURFACE, OTHER.
                    """
                )
            ),
            .optional(
                "lineCharacteristics",
                .array(
                    of: .object([.required("name", .string()), .required("value", .string())]),
                    """
                    AVAILABILITY_DATE, AVAILABILITY_FLAG, INSTALL_NOTES, MAX_DOWNSTREAM_MBPS, MIN_DOWNSTREAM_MBPS, \
                    MAX_UPSTREAM_MBPS, MIN_UPSTREAM_MBPS, MINIMUM_LEAD_TIME, MINIMUM_SITEVISITREASON, PARTIAL_DN, \
                    PENDING_CEASE, NTE_FLOOR, NTE_ROOM, NTE_POSITION.
                    """
                )
            ),
            .optional("existingLines", .array(of: existingLine, "Lines that are there: what a TAKEOVER names.")),
        ]
    )

    private static let existingLine = Schema.object([
        .optional("installationType", .string()),
        .optional("lineId", .string(description: "The supplier's name for the line.")),
        .optional(
            "ont",
            .object([
                .optional("ontReference", .string()), .optional("serialNumber", .string()),
                .optional("manufacturer", .string()),
                .optional(
                    "ports",
                    .array(
                        of: .object([
                            .required("portNumber", .integer(0...9_999)),
                            .required("status", .string(description: "ACTIVE or STOPPED.")),
                        ])
                    )
                ),
            ])
        ),
    ])
}
