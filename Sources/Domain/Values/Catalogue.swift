/// What a supplier sells and by which words and numbers (N-16): configuration, so that nobody has to ask its support.
package struct Catalogue: Equatable, Sendable {
    /// A product, and the values that its characteristics may have.
    package struct Specification: Equatable, Sendable {
        package let id: String
        package let name: String
        package let serviceTypes: [String]
        package let characteristics: [Choice]

        package init(id: String, name: String, serviceTypes: [String], characteristics: [Choice] = []) {
            self.id = id
            self.name = name
            self.serviceTypes = serviceTypes
            self.characteristics = characteristics
        }
    }

    /// A characteristic and its values.
    package struct Choice: Equatable, Sendable {
        package let name: String
        package let values: [String]

        package init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    package var specifications: [Specification]
    /// Characteristics whose value on the wire is a place in a list, counted from 0 (G-059): care levels, chargebands.
    package var enumerations: [Choice]

    package init(specifications: [Specification], enumerations: [Choice] = []) {
        self.specifications = specifications
        self.enumerations = enumerations
    }

    /// What is sold by the list: not what is quoted for.
    package var listed: [Specification] { specifications.filter { $0.serviceTypes == ["BROADBAND"] } }
}

extension Town {
    /// Down and up, in Mbit/s.
    package static let lineProfiles = ["160/30", "550/75", "1000/1000"]
    /// Of the fastest.
    package static let (downstreamMax, upstreamMax) = (1_000, 1_000)
    /// What is quoted for and not sold by the list.
    package static let quotedProduct = "ethernet"

    /// What the town's operator sells.
    package var catalogue: Catalogue {
        let sold = products.map { product in
            Catalogue.Specification(
                id: product,
                name: Self.productNames[product] ?? product,
                serviceTypes: ["BROADBAND"],
                characteristics: [
                    Catalogue.Choice(name: "LINE_PROFILE", values: Self.lineProfiles),
                    Catalogue.Choice(
                        name: "AUTHENTICATION_AGENT",
                        values: ["DHCPRelayAgent", "PPPIntermediateAgent", "None"]
                    ),
                ]
            )
        }
        let quoted = Catalogue.Specification(
            id: Self.quotedProduct,
            name: "Ethernet between sites, by quote",
            serviceTypes: ["ETHERNET"]
        )
        return Catalogue(
            specifications: sold + [quoted],
            enumerations: [
                Catalogue.Choice(name: "CARE_LEVEL", values: ["Standard", "Enhanced", "Priority"]),
                Catalogue.Choice(name: "ECC_CHARGEBAND", values: ["None", "Up to 500.00", "Up to 1000.00"]),
                Catalogue.Choice(name: "TRC_CHARGEBAND", values: ["None", "One hour", "Two hours", "Half a day"]),
            ]
        )
    }

    /// What people call the products.
    private static let productNames = ["ftthl2r": "Fibre to the home, layer 2, residential"]
}
