import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `GET /service-availability`: what can be had at an address, and whether an engineer must come (G-020 … G-024).
    ///
    /// An address that cannot be served is an answer, not an error: the reasons say why.
    @Sendable func serviceAvailability(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "AskAvailability", parameters: ["address"]) { asked, query in
            let address = WholesaleReading.read("address", in: query) { WholesaleReading.address($0) }
            guard query.problems.isEmpty, let address else {
                throw APIError.malformed(query.problems.all)
            }
            let premises = address.uprn.flatMap { book.town.premises(uprn: $0) }
            let flags = premises.map { book.town.flags(of: $0) } ?? []
            let sold = book.town.catalogue.listed
            return try await look(asked) { _ in
                CustomerAnswer(status: 200) { json in
                    json.object { Self.write(&$0, address, premises, flags, sold, book.town) }
                }
            }
        }
    }

    private static func site(
        _ premises: Town.Premises?,
        _ flags: [PropertyFlag],
        in town: Town
    ) -> SiteInformation {
        guard let premises else { return SiteInformation(newLine: false) }
        guard premises.isInFootprint else {
            return SiteInformation(newLine: false, existingLines: [town.line(at: premises)].compactMap(\.self))
        }
        let leadTime = flags.leadTimeWorkingDays
        return SiteInformation(
            newLine: true,
            installationType: flags.compactMap(\.installationType).first ?? "STANDARD",
            leadTimeDays: leadTime,
            constraints: flags.compactMap(\.constraint),
            lineCharacteristics: [
                Characteristic(name: "MAX_DOWNSTREAM_MBPS", value: "\(Town.downstreamMax)"),
                Characteristic(name: "MAX_UPSTREAM_MBPS", value: "\(Town.upstreamMax)"),
                Characteristic(name: "MINIMUM_LEAD_TIME", value: "\(leadTime)"),
            ]
        )
    }

    private static func write(
        _ json: inout JSONWriter,
        _ address: PremisesAddress,
        _ premises: Town.Premises?,
        _ flags: [PropertyFlag],
        _ sold: [Catalogue.Specification],
        _ town: Town
    ) {
        let canConnect = premises?.isInFootprint == true
        json.wholesaleAddress(address)
        json.array("serviceSpecifications") { json in
            guard canConnect else { return }
            for product in sold {
                json.object { json in
                    json.field("id", product.id)
                    json.field("name", product.name)
                    json.array("serviceCharacteristics") { json in
                        json.object {
                            $0.field("name", "LINE_PROFILE")
                            $0.strings("values", Town.lineProfiles)
                        }
                    }
                }
            }
        }
        json.siteInformation(site(premises, flags, in: town))
        json.array("unavailabilityReasons") { json in
            for text in flags.compactMap(\.remark) {
                json.object { json in
                    json.field("code", "OTHER")
                    json.field("text", text)
                }
            }
            guard !canConnect else { return }
            json.object {
                $0.field("code", premises == nil ? "ADDRESS_UNKNOWN" : "OTHER")
                $0.field("text", premises == nil ? "No such address is known." : "A service is live here already.")
            }
        }
    }
}

/// What a property's flags are to somebody who orders (G-024).
extension PropertyFlag {
    fileprivate var installationType: String? {
        switch self {
        case .sharedDrive, .surveyFirst: "EXTENDED_STANDARD"
        case .multiDwelling: "NON_STANDARD"
        case .cherryPicker, .dangerousLocation, .longDriveway: nil
        }
    }

    fileprivate var constraint: String? {
        switch self {
        case .sharedDrive: "WAYLEAVE_SHARED"
        case .surveyFirst: "SURVEY_REQUIRED"
        case .multiDwelling: "WAYLEAVE_OWNER"
        case .cherryPicker, .dangerousLocation, .longDriveway: nil
        }
    }

    /// It can be had all the same; somebody should know.
    fileprivate var remark: String? {
        switch self {
        case .cherryPicker: "The line is reached with a cherry picker."
        case .dangerousLocation: "The location is dangerous: two engineers come."
        case .longDriveway: "The driveway is longer than 10 metres."
        case .sharedDrive, .surveyFirst, .multiDwelling: nil
        }
    }
}

extension [PropertyFlag] {
    fileprivate var leadTimeWorkingDays: Int {
        contains(.surveyFirst) ? SlotCalendar.leadTimeWorkingDaysWithSurvey : SlotCalendar.leadTimeWorkingDays
    }
}
