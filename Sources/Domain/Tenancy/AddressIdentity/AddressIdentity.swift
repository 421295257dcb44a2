import FoundationEssentials

/// An entry of the address crosswalk (G-014): what one address is called by whom. Its number is its UPRN.
package struct AddressIdentity: Aggregate {
    package enum Input: Codable, Equatable, Sendable {
        case learnt(names: AddressNames, source: String)
    }

    package enum Alarm: String, CaseIterable, Sendable { case none }

    package static let kind = Kind.addressIdentity
    package let id: ID<AddressIdentity>
    package let created: Date
    package var updated: Date
    package private(set) var names: AddressNames
    /// Who said so last: `import`, or the supplier that answered a lookup.
    package private(set) var source: String

    package init(_ names: AddressNames, from source: String, at now: Date) {
        id = ID(names.uprn)
        created = now
        updated = now
        self.names = names
        self.source = source
    }

    package var owner: Owner { .house }
    package var conversation: ConversationID { "addresses" }
    package var stateName: String { "known" }
    package var lookups: [Lookup] { Self.lookups(of: names) }

    /// Every name but the number itself; each is one address's.
    package static func lookups(of names: AddressNames) -> [Lookup] {
        let nad = names.nad.flatMap { nad in
            names.districtCode.map { Lookup("nad", KeyParts.joined($0, nad), isUnique: true) }
        }
        return [nad, names.robt.map { Lookup("robt", $0, isUnique: true) }].compactMap(\.self)
    }

    /// Whether it would be another after hearing this.
    package func learns(from names: AddressNames) -> Bool { self.names.completed(by: names) != self.names }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .learnt(let names, let source):
            self.names = self.names.completed(by: names)
            self.source = source
            return []
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}
