/// One address under the names that the industry has for it (G-014): its UPRN, Openreach's NAD key, which means something
/// only with a district code, and its ROBT.
package struct AddressNames: Codable, Hashable, Sendable {
    package let uprn: Int64
    package var nad: String?
    package var districtCode: String?
    package var robt: String?

    package init(uprn: Int64, nad: String? = nil, districtCode: String? = nil, robt: String? = nil) {
        self.uprn = uprn
        self.nad = nad
        self.districtCode = districtCode
        self.robt = robt
    }

    /// What an address says of itself; `nil` without a UPRN, and where there is nothing beside it.
    package init?(_ address: PremisesAddress) {
        guard let uprn = address.uprn else { return nil }
        let nad = address.id(of: "NAD")
        let district = address.id(of: "DistrictCode")
        let isPair = nad != nil && district != nil
        self.init(
            uprn: uprn,
            nad: isPair ? nad : nil,
            districtCode: isPair ? district : nil,
            robt: address.id(of: "ROBT")
        )
        guard isPair || robt != nil else { return nil }
    }

    /// As an address's identifiers have them (F-020).
    package var identifiers: [PremisesAddress.Identifier] {
        [("UPRN", "\(uprn)"), ("NAD", nad), ("DistrictCode", districtCode), ("ROBT", robt)].compactMap { type, id in
            id.map { PremisesAddress.Identifier(id: $0, type: type) }
        }
    }

    /// The newer says more, or something else.
    func completed(by newer: AddressNames) -> AddressNames {
        AddressNames(
            uprn: uprn,
            nad: newer.nad ?? nad,
            districtCode: newer.nad == nil ? districtCode : newer.districtCode,
            robt: newer.robt ?? robt
        )
    }
}

extension PremisesAddress {
    /// Its identifier of this type, whichever place it has.
    package func id(of type: String) -> String? {
        ([identifier] + additionalIdentifiers).first { $0.type == type }?.id
    }
}
