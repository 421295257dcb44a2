import Formats

/// A configuration file of whichever house, read and checked.
enum HouseFile {
    case gateway(GatewayFile)
    case partner(PartnerFile)

    init(_ file: ConfigurationFile) throws(ConfigurationFile.Refused) {
        switch file.root.requiredChoice("role", from: ["gateway", "partner"]) {
        case "gateway": self = .gateway(try GatewayFile(file))
        case "partner": self = .partner(try PartnerFile(file))
        case _:
            try file.finish()
            throw ConfigurationFile.Refused(path: file.path, reasons: ["cannot be understood"])
        }
    }

    var database: String {
        switch self {
        case .gateway(let file): file.database
        case .partner(let file): file.database
        }
    }

    func house(on base: HouseGround) async throws -> any ServedHouse {
        switch self {
        case .gateway(let file): try await GatewayHouse(file, on: base)
        case .partner(let file): try await PartnerHouse(file, on: base)
        }
    }
}
