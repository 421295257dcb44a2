import ArgumentParser
import Formats

/// `patchbay tenant suppliers`
struct TenantSuppliersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suppliers",
        abstract: "The suppliers that there are, and what each can do."
    )

    @OptionGroup var options: TenantOptions

    func run() async throws {
        try await GatewayClient.run(options) { gateway in
            options.show(try await gateway.get("/suppliers")) { root, printing in
                let columns = [
                    TenantPrinting.Column("SUPPLIER", "id"), .init("NAME", "name"),
                    .init("CAPABILITIES") { supplier in
                        supplier["capabilities"]?.members.filter { $0.value.bool == true }.map(\.key)
                            .joined(separator: ", ")
                    },
                ]
                let rows = Array((root["suppliers"] ?? root).elements)
                return printing.table(rows, columns, none: "There is no supplier for this tenant.")
            }
        }
    }
}

/// `patchbay tenant addresses`
struct TenantAddressesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "addresses",
        abstract: "Addresses of a postcode, or the one of a UPRN.",
        discussion: "  patchbay tenant addresses --postcode 'QQ1 1AA' --street Loom"
    )

    @Option(help: "A postcode.") var postcode: String?
    @Option(help: "A UPRN.") var uprn: Int64?
    @Option(help: "A part of the street's name.") var street: String?
    @Option(help: "Who is asked; the gateway chooses, unless named.") var supplier: String?
    @OptionGroup var options: TenantOptions

    func validate() throws {
        guard (postcode == nil) != (uprn == nil) else { throw ValidationError("Name either --postcode or --uprn.") }
    }

    func run() async throws {
        try await GatewayClient.run(options) { gateway in
            let found = try await gateway.get(
                "/addresses",
                [
                    ("postalCode", postcode), ("uprn", uprn.map(String.init)), ("streetName", street),
                    ("supplier", supplier),
                ]
            )
            options.show(found) { root, printing in
                let columns = [
                    TenantPrinting.Column("UPRN", "identifier", "id"), .init("NUMBER", "streetNumber"),
                    .init("STREET", "streetName"), .init("CITY", "city"), .init("POSTCODE", "postcode"),
                    .init("KNOWN AS") { address in
                        address["identifier"]?["additionalIdentifiers"]?.elements
                            .map { "\($0["type"]?.string ?? "") \($0["id"]?.string ?? "")" }.joined(separator: ", ")
                    },
                ]
                return printing.table(Array(root.elements), columns, none: "There is no such address.")
            }
        }
    }
}

/// `patchbay tenant availability`
struct TenantAvailabilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "availability",
        abstract: "What each supplier can do at an address.",
        discussion: "  patchbay tenant availability --uprn 10090000001"
    )

    @Option(help: "The address, by its UPRN.") var uprn: Int64
    @Option(help: "Only these suppliers; may be repeated.") var supplier: [String] = []
    @OptionGroup var options: TenantOptions

    func run() async throws {
        try await GatewayClient.run(options) { gateway in
            let address = #"{"id":"\#(uprn)","type":"UPRN"}"#
            let suppliers = supplier.isEmpty ? nil : supplier.joined(separator: ",")
            let answer = try await gateway.get(
                "/service-availability",
                [("address", address), ("suppliers", suppliers)]
            )
            options.show(answer) { root, printing in
                let columns = [
                    TenantPrinting.Column("SUPPLIER", "supplier"),
                    .init("PRODUCTS") { entry in
                        entry["serviceSpecifications"]?.elements.compactMap { $0["id"]?.string }.joined(separator: ", ")
                    },
                    .init("VISIT", "siteInformation", "installationType"),
                    .init("DAYS", "siteInformation", "installationLeadTime"),
                    .init("NOT BECAUSE") { entry in
                        let reasons = entry["unavailabilityReasons"]?.elements.compactMap { $0["code"]?.string } ?? []
                        let failed = entry["error"]?["code"]?.string
                        let all = reasons + [failed].compactMap(\.self)
                        return all.isEmpty ? nil : all.joined(separator: ", ")
                    },
                ]
                return printing.table(Array(root.elements), columns, none: "No supplier was asked.")
            }
        }
    }
}
