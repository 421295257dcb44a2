import Domain
import FoundationEssentials
import Storage
import Synchronization

/// Who is known, as of the last change to a party: a cache of the store's parties that every request reads.
///
/// Losing it costs only a read; it is loaded at start and after each change of a party through ``Exchange/register(_:)``.
package final class Directory: Sendable {
    /// A program that asks for tokens, and for whom it acts.
    package struct Client: Sendable {
        package let client: APIClient
        package let party: Party.Role
    }

    private struct Snapshot {
        var roles: [ExactText: Party] = [:]
        var clients: [ExactText: Client] = [:]
        var fingerprints: [ExactText: Party.Role] = [:]
    }

    private let snapshot = Mutex(Snapshot())

    package init() {}

    /// Of parties that are at hand, without a store.
    package init(_ parties: [Party]) { replace(with: parties) }

    package func client(_ clientID: String) -> Client? { snapshot.withLock { $0.clients[ExactText(clientID)] } }

    /// The other buyer that has this `buyerIdentifier`, by its bytes.
    package func buyer(with identifier: BuyerIdentifier, otherThan buyer: BuyerID) -> BuyerID? {
        all.lazy.compactMap { role -> BuyerID? in
            guard case .buyer(let id, let terms) = role, id != buyer else { return nil }
            return terms.buyerIdentifiers.contains(identifier) ? id : nil
        }.first
    }

    /// The buyer or partner who presents a certificate of this fingerprint (SHA-256 of the DER, lower-case hex).
    package func party(fingerprint: String) -> Party.Role? {
        snapshot.withLock { $0.fingerprints[ExactText(fingerprint)] }
    }

    package func tenant(_ id: TenantID) -> TenantTerms? {
        guard case .tenant(_, let terms)? = role("tenant/\(id)") else { return nil }
        return terms
    }

    package func customer(_ id: CustomerID) -> CustomerTerms? {
        guard case .customer(_, let terms)? = role("customer/\(id)") else { return nil }
        return terms
    }

    package func buyer(_ id: BuyerID) -> BuyerTerms? {
        guard case .buyer(_, let terms)? = role("buyer/\(id)") else { return nil }
        return terms
    }

    package func dispatcher(_ id: DispatcherID) -> DispatcherTerms? {
        guard case .dispatcher(_, let terms)? = role("dispatcher/\(id)") else { return nil }
        return terms
    }

    package func partner(_ id: PartnerID) -> PartnerTerms? {
        guard case .partner(_, let terms)? = role("partner/\(id)") else { return nil }
        return terms
    }

    package var all: [Party.Role] { snapshot.withLock { $0.roles.values.map(\.role) } }

    /// The addresses from which anybody at all may open a mutual-TLS connection, as CIDR (decision 39).
    package var sources: [String] {
        snapshot.withLock { snapshot in
            snapshot.roles.values.flatMap { $0.role.access?.sources ?? [] }
                + snapshot.clients.values.flatMap { $0.client.certificateSources }
        }
    }

    func party(named name: String) -> Party? { snapshot.withLock { $0.roles[ExactText(name)] } }

    package func load(from store: any Store) async throws {
        // Parties are few: thousands at most, where orders are millions.
        let parties = try await store.read { try $0.list(Party.self, of: nil, inState: nil, after: 0, limit: 100_000) }
        replace(with: parties)
    }

    private func replace(with parties: [Party]) {
        var fresh = Snapshot()
        for party in parties {
            fresh.roles[ExactText(party.name)] = party
            for client in party.role.clients {
                fresh.clients[ExactText(client.clientID)] = Client(client: client, party: party.role)
            }
            for fingerprint in party.role.access?.certificateFingerprints ?? [] {
                fresh.fingerprints[ExactText(fingerprint)] = party.role
            }
        }
        snapshot.withLock { [fresh] in $0 = fresh }
    }

    private func role(_ name: String) -> Party.Role? { snapshot.withLock { $0.roles[ExactText(name)]?.role } }
}

extension Exchange {
    /// Registers a party, or replaces what is known of one of the same name; in force at once.
    package func register(_ role: Party.Role, by: String = "house") async throws {
        try await put(role, by: by) { party, now in try party.hear(.replaced(role: role), at: now) }
        try await directory.load(from: store)
    }

    /// Registers parties as the configuration has them. What staff changed since stays: a start undoes no rotation, no
    /// revocation and no other change (``Party/configure(as:)``).
    package func configure(_ roles: [Party.Role], by: String) async throws {
        for role in roles {
            if let known = directory.party(named: role.name) {
                var configured = known
                configured.configure(as: role)
                if configured == known { continue }
            }
            try await put(role, by: by) { party, _ in
                party.configure(as: role)
                return []
            }
        }
        try await directory.load(from: store)
    }

    private func put(
        _ role: Party.Role,
        by: String,
        _ decide: @escaping @Sendable (inout Party, _ now: Date) throws -> [Effect]
    ) async throws {
        let fresh = try await draw(Party.self)
        try await change(Cause("RegisterParty", by: by)) { change in
            var candidate = Party(id: fresh, role: role, at: change.now)
            guard let known = try change.find(Party.self, by: "party", candidate.name).first else {
                _ = try decide(&candidate, change.now)
                try change.found(candidate, [])
                return
            }
            try change.decide(known.id) { try decide(&$0, $1) }
        }
    }
}

extension Party.Role {
    package var access: MutualTLSTerms? {
        switch self {
        case .buyer(_, let terms): terms.access
        case .partner(_, let terms): terms.access
        case .supplier(_, let terms): terms.access
        case .dispatcher(_, let terms): terms.access
        case .tenant, .customer, .operatorStaff, .partnerStaff: nil
        }
    }
}

extension APIClient {
    /// From where it comes with its certificate, if it has one.
    fileprivate var certificateSources: [String] {
        guard certificateFingerprints?.isEmpty == false else { return [] }
        return sources ?? ["0.0.0.0/0", "::/0"]
    }
}
