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
        try await serve(request, context, as: "AskAvailability") { asked in
            let problems = Problems()
            let address = WholesaleReading.read("address", in: request, problems) { WholesaleReading.address($0) }
            guard problems.isEmpty, let address else {
                throw APIError.malformed(problems.all)
            }
            let premises = address.uprn.flatMap { book.town.premises(uprn: $0) }
            let products = book.town.products
            return try await look(asked) { _ in
                CustomerAnswer(status: 200) { json in
                    json.object { Self.write(&$0, address, premises, products) }
                }
            }
        }
    }

    private static func write(
        _ json: inout JSONWriter,
        _ address: PremisesAddress,
        _ premises: Town.Premises?,
        _ products: [String]
    ) {
        let canConnect = premises?.isInFootprint == true
        json.wholesaleAddress(address)
        json.array("serviceSpecifications") { json in
            guard canConnect else { return }
            for product in products {
                json.object { json in
                    json.field("id", product)
                    json.field("name", productNames[product] ?? product)
                    json.array("serviceCharacteristics") { json in
                        json.object {
                            $0.field("name", "LINE_PROFILE")
                            $0.strings("values", lineProfiles)
                        }
                    }
                }
            }
        }
        json.object("siteInformation") { json in
            json.field("newLine", canConnect)
            guard canConnect else { return }
            json.field("installationType", "STANDARD")
            json.field("installationLeadTime", SlotCalendar.leadTimeWorkingDays)
            json.strings("constraints", [])
        }
        json.array("unavailabilityReasons") { json in
            guard !canConnect else { return }
            json.object {
                $0.field("code", premises == nil ? "ADDRESS_UNKNOWN" : "OTHER")
                $0.field("text", premises == nil ? "No such address is known." : "A service is live here already.")
            }
        }
    }

    /// What people call the products.
    private static let productNames = ["ftthl2r": "Fibre to the home, layer 2, residential"]
    /// Down and up, in Mbit/s.
    private static let lineProfiles = ["160/30", "550/75", "1000/1000"]
}
