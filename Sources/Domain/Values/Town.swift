/// An invented town, computed rather than stored (architecture, `samples`): which addresses the operator's network
/// reaches, and which services are live on it.
///
/// Every address of the footprint needs an engineer's visit and has no service; every sample service lives at an
/// address of its own outside the footprint, so that faults can be raised on it (decision 28).
package struct Town: Codable, Equatable, Sendable {
    /// One address, and how it is written on a letter.
    package struct Premises: Codable, Equatable, Sendable {
        package let uprn: Int64
        package let houseNumber: Int64
        package let street: String
        package let lines: [String]
        package let postcode: String
        /// Whether it can be connected; a live service's address is already.
        package let isInFootprint: Bool
    }

    package var products: [String]
    package var firstAddress: Int64
    package var addressCount: Int64
    package var servicePrefix: String
    package var firstService: Int64
    package var serviceCount: Int64
    package var firstServiceAddress: Int64
    /// Engineers of an area in each slot; the scenario `tight` leaves one.
    package var engineersPerSlot: Int

    package static let samples = Town(
        products: ["ftthl2r"],
        firstAddress: 10_090_000_001,
        addressCount: 1_000_000,
        servicePrefix: "S",
        firstService: 1_000_001,
        serviceCount: 100_000,
        firstServiceAddress: 10_095_000_001,
        engineersPerSlot: 1_000
    )

    package func sells(_ product: String) -> Bool { products.contains(product) }

    /// `nil` where the network knows no such address.
    package func premises(uprn: Int64) -> Premises? {
        let isInFootprint = (firstAddress..<firstAddress + addressCount).contains(uprn)
        let isServed = (firstServiceAddress..<firstServiceAddress + serviceCount).contains(uprn)
        guard isInFootprint || isServed else { return nil }
        let (street, house) = (Self.streets[Int(uprn / 200 % Int64(Self.streets.count))], uprn % 200 + 1)
        let sector = uprn / 1_000 % 10_000
        return Premises(
            uprn: uprn,
            houseNumber: house,
            street: street,
            lines: ["\(house) \(street)", Self.name],
            postcode: "QQ\(sector / 10 % 100) \(sector % 10)\(Self.letter(uprn / 40))\(Self.letter(uprn / 10))",
            isInFootprint: isInFootprint
        )
    }

    /// Where a sample service lives; `nil` for any other service.
    package func premises(of service: ServiceID) -> Premises? {
        guard service.rawValue.hasPrefix(servicePrefix),
            let number = ID<Town>(text: service.rawValue.dropFirst(servicePrefix.count))?.number,
            (firstService..<firstService + serviceCount).contains(number)
        else { return nil }
        return premises(uprn: firstServiceAddress + number - firstService)
    }

    /// The line of a live service, for whoever takes it over (G-023, G-051).
    package func line(at premises: Premises) -> ExistingLine? {
        let place = premises.uprn - firstServiceAddress
        guard (0..<serviceCount).contains(place) else { return nil }
        let number = firstService + place
        return ExistingLine(
            installationType: "STANDARD",
            lineID: servicePrefix + String(number),
            ont: ExistingLine.ONT(
                reference: "ONT\(number)",
                serialNumber: "PBAY\(number)",
                manufacturer: Self.name,
                ports: [.init(number: 1, status: "ACTIVE"), .init(number: 2, status: "STOPPED")]
            )
        )
    }

    private static let streets = ["Loom Street", "Kiln Lane", "Orchard Row", "Signal Road", "Weir Close", "Mill Rise"]

    private static func letter(_ number: Int64) -> Character {
        let letters = Array("ABDEFGHJLNPQRSTUWXYZ")
        return letters[Int(number % Int64(letters.count))]
    }
}
