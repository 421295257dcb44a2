/// An address as an address source knows it (G-011): under which identifiers, and as on a letter.
package struct KnownAddress: Equatable, Sendable {
    package var address: PremisesAddress
    /// Of a house that has one: `The Old Mill`.
    package var name: String?
    package var streetNumber: String?
    package var streetName: String?
    package var locality: String?
    package var city: String?
    package var postcode: String
    package var country: String?
    /// Within a building: its name, and the flat's number.
    package var unitName: String?
    package var unitNumber: String?
    /// How sure the source is: `Gold`.
    package var qualifier: String?
    /// Who says so.
    package var source: String
    package var attributes: [Characteristic]

    package init(
        address: PremisesAddress,
        name: String? = nil,
        streetNumber: String? = nil,
        streetName: String? = nil,
        locality: String? = nil,
        city: String? = nil,
        postcode: String,
        country: String? = nil,
        unitName: String? = nil,
        unitNumber: String? = nil,
        qualifier: String? = nil,
        source: String,
        attributes: [Characteristic] = []
    ) {
        self.address = address
        self.name = name
        self.streetNumber = streetNumber
        self.streetName = streetName
        self.locality = locality
        self.city = city
        self.postcode = postcode
        self.country = country
        self.unitName = unitName
        self.unitNumber = unitNumber
        self.qualifier = qualifier
        self.source = source
        self.attributes = attributes
    }
}

/// A postcode, however it was spaced and cased.
package struct Postcode: Hashable, Sendable, CustomStringConvertible {
    /// `QQ0 1AB`: in capitals, a space before the last three.
    package let description: String

    /// An area of one or two letters, a district of one to three letters and digits, a digit and two letters.
    package init?(_ text: some StringProtocol) {
        let letters = Array(text.utf8.filter { $0 != 0x20 }.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 })
        guard (5...7).contains(letters.count) else { return nil }
        let (outward, inward) = (letters.dropLast(3), letters.suffix(3))
        func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        let district = outward.drop(while: isLetter)
        guard let first = inward.first, isDigit(first), inward.dropFirst().allSatisfy(isLetter),
            (1...2).contains(outward.count - district.count), let number = district.first, isDigit(number),
            (1...2).contains(district.count), district.allSatisfy({ isLetter($0) || isDigit($0) })
        else { return nil }
        description = String(decoding: outward + [0x20] + inward, as: UTF8.self)
    }
}
