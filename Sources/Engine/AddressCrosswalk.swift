import Domain
import FoundationEssentials
import Storage

/// Under which names the industry knows an address (G-014): filled from lookups and by import, used where an address is
/// sent to a supplier that knows it under another name than the tenant.
package enum AddressCrosswalk {
    /// What an entry meant to what was known.
    package enum Lesson: Sendable { case new, changed, known }

    /// The entry that any identifier of an address leads to; its UPRN before the others.
    package static func identity(
        of address: PremisesAddress,
        in state: any ReadTransaction
    ) throws -> AddressIdentity? {
        if let uprn = address.uprn { return try state.find(ID<AddressIdentity>(uprn)) }
        let asked = AddressNames(
            uprn: 0,
            nad: address.id(of: "NAD"),
            districtCode: address.id(of: "DistrictCode"),
            robt: address.id(of: "ROBT")
        )
        for lookup in AddressIdentity.lookups(of: asked) {
            if let found = try state.find(AddressIdentity.self, by: lookup.key, lookup.value, limit: 1).first {
                return found
            }
        }
        return nil
    }

    /// The address with every identifier that is known of it. What it says itself is not contradicted, and goes first where
    /// there is no room for all.
    package static func complete(_ address: PremisesAddress, in state: any ReadTransaction) throws -> PremisesAddress {
        try identity(of: address, in: state).map { complete(address, from: $0) } ?? address
    }

    static func complete(_ address: PremisesAddress, from identity: AddressIdentity) -> PremisesAddress {
        let room = PremisesAddress.additionalMax - address.additionalIdentifiers.count
        let missing = identity.names.identifiers.filter { address.id(of: $0.type) == nil }.prefix(max(0, room))
        guard !missing.isEmpty else { return address }
        return PremisesAddress(
            identifier: address.identifier,
            additionalIdentifiers: address.additionalIdentifiers + missing
        )
    }

    /// Writes an entry down, unless all of it is known.
    ///
    /// - Throws: ``Rejection/Code/alreadyExists`` if a name in it is another address's.
    @discardableResult
    package static func learn(
        _ names: AddressNames,
        from source: String,
        in change: inout Change
    ) throws -> Lesson {
        try checkOwnership(of: names, in: change)
        guard let known = try change.find(ID<AddressIdentity>(names.uprn)) else {
            try change.found(AddressIdentity(names, from: source, at: change.now), [])
            return .new
        }
        guard known.learns(from: names) else { return .known }
        try change.decide(known.id) { try $0.hear(.learnt(names: names, source: source), at: $1) }
        return .changed
    }

    private static func checkOwnership(of names: AddressNames, in change: Change) throws {
        let taken = try AddressIdentity.lookups(of: names).filter { lookup in
            let owner = try change.find(AddressIdentity.self, by: lookup.key, lookup.value, limit: 1).first
            return owner != nil && owner?.names.uprn != names.uprn
        }
        guard !taken.isEmpty else { return }
        let columns = taken.map { $0.key.uppercased() }.joined(separator: " and ")
        throw Rejection(.alreadyExists, "\(columns) belongs to another UPRN")
    }
}

extension Exchange {
    /// What a lookup has taught: only what is new is written, in one commit, and what contradicts is left out.
    package func learn(_ addresses: [PremisesAddress], from source: String) async throws {
        let names = addresses.compactMap { AddressNames($0) }
        let fresh = try await read { state in
            try names.filter { try state.find(ID<AddressIdentity>($0.uprn))?.learns(from: $0) ?? true }
        }
        guard !fresh.isEmpty else { return }
        try await change(Cause("LearnAddresses", by: source)) { change in
            for names in fresh {
                do {
                    try AddressCrosswalk.learn(names, from: source, in: &change)
                } catch let rejection as Rejection where rejection.code == .alreadyExists {
                    continue
                }
            }
        }
    }
}

extension Exchange {
    /// An address as it goes to a supplier: with every identifier that is known of it.
    package func completed(_ address: PremisesAddress) async throws -> PremisesAddress {
        guard let uprn = address.uprn else { return try await read { try AddressCrosswalk.complete(address, in: $0) } }
        guard let identity = try await find(ID<AddressIdentity>(uprn)) else { return address }
        return AddressCrosswalk.complete(address, from: identity)
    }

    /// An order as it goes to a supplier: each address that it names, completed.
    package func completed(_ order: OrderRequest) async throws -> OrderRequest {
        let whole = try await completed(order.addresses)
        return order.locating { whole[$0] ?? $0 }
    }

    package func completed(_ report: ProblemReport) async throws -> ProblemReport {
        guard let address = report.address else { return report }
        let whole = try await completed(address)
        return report.locating { _ in whole }
    }

    private func completed(_ addresses: [PremisesAddress]) async throws -> [PremisesAddress: PremisesAddress] {
        var whole: [PremisesAddress: PremisesAddress] = [:]
        for address in addresses { whole[address] = try await completed(address) }
        return whole
    }
}
