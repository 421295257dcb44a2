/// The town's address book: each address under the names of the whole industry, and each postcode's houses. Computed both
/// ways, so that a million addresses need no table.
extension Town {
    package static let name = "Patchbay"

    /// As addresses are looked for.
    package func address(uprn: Int64) -> KnownAddress? {
        guard let premises = premises(uprn: uprn) else { return nil }
        let names = names(of: premises)
        return KnownAddress(
            address: PremisesAddress(
                identifier: .init(id: "\(uprn)", type: "UPRN"),
                additionalIdentifiers: names.identifiers.filter { $0.type != "UPRN" }
            ),
            streetNumber: "\(premises.houseNumber)",
            streetName: premises.street,
            city: Self.name,
            postcode: premises.postcode,
            country: "GB",
            qualifier: "Gold",
            source: "TOWN",
            attributes: flags(of: premises).map { Characteristic(name: "PROPERTY_FLAG", value: $0.rawValue) }
        )
    }

    /// The houses of a postcode, by rising UPRN: ten, or twenty where the letters come round again.
    package func addresses(at postcode: Postcode) -> [KnownAddress] {
        guard let sector = Self.sector(of: postcode) else { return [] }
        return [
            firstAddress...firstAddress + addressCount - 1,
            firstServiceAddress...firstServiceAddress + serviceCount - 1,
        ]
        .flatMap { range in
            // A sector comes again after a thousand blocks of a thousand addresses.
            let blocks = (range.lowerBound / 1_000...range.upperBound / 1_000).filter { $0 % 1_000 == sector }
            return blocks.flatMap { block in
                (block * 1_000..<(block + 1) * 1_000).filter { uprn in
                    range.contains(uprn) && premises(uprn: uprn)?.postcode == postcode.description
                }
            }
        }
        .compactMap { address(uprn: $0) }
    }

    /// Under which names other suppliers know it (G-014).
    package func names(of premises: Premises) -> AddressNames {
        let digits = String(premises.uprn)
        return AddressNames(
            uprn: premises.uprn,
            nad: "A" + String(repeating: "0", count: max(0, 11 - digits.count)) + digits,
            districtCode: "PB",
            robt: "R" + String(premises.uprn % 1_000_000_000)
        )
    }

    /// What an engineer would have to know: of an address in twenty, in the farther half of the footprint. The nearer half is
    /// as plain as can be.
    package func flags(of premises: Premises) -> [PropertyFlag] {
        guard premises.isInFootprint, premises.uprn - firstAddress >= addressCount / 2, premises.uprn % 20 == 7 else {
            return []
        }
        return [PropertyFlag.allCases[Int(premises.uprn / 20) % PropertyFlag.allCases.count]]
    }

    /// `QQ12 3AB` → 123.
    private static func sector(of postcode: Postcode) -> Int64? {
        let text = postcode.description
        guard text.hasPrefix("QQ") else { return nil }
        let digits = text.dropFirst(2).dropLast(2).filter { $0 != " " }
        guard let district = Int64(digits.dropLast()), let last = digits.last?.wholeNumberValue else { return nil }
        return district * 10 + Int64(last)
    }
}
