/// Where a service is or will be, as the field names premises: by an identifier, not by lines of text.
package struct PremisesAddress: Hashable, Codable, Sendable {
    /// One identifier and whose it is: `UPRN`, `NAD`, `DistrictCode`, `ROBT` (F-020, X-39).
    package struct Identifier: Hashable, Codable, Sendable {
        package let id: String
        package let type: String

        package init(id: String, type: String) {
            self.id = id
            self.type = type
        }
    }

    /// Other names that an address may have: the contract gives no limit, five hundred is what fits into a question's first line.
    package static let additionalMax = 500

    package let identifier: Identifier
    package let additionalIdentifiers: [Identifier]

    package init(identifier: Identifier, additionalIdentifiers: [Identifier] = []) {
        self.identifier = identifier
        self.additionalIdentifiers = additionalIdentifiers
    }

    /// The Unique Property Reference Number, if it is named by one: 1 to 12 digits.
    package var uprn: Int64? {
        for each in [identifier] + additionalIdentifiers where each.type == "UPRN" {
            guard each.id.utf8.count <= 12, each.id.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { continue }
            return Int64(each.id)
        }
        return nil
    }
}
