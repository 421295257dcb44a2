import FoundationEssentials

/// Somebody the house deals with, and on what terms (decision 14): changed only through `Exchange`, like everything else.
///
/// Secrets that they show us are stored as hashes. What we must show to others isn't here but in the configuration.
package struct Party: Aggregate {
    package enum Role: Codable, Equatable, Sendable {
        case tenant(id: TenantID, terms: TenantTerms)
        case customer(id: CustomerID, terms: CustomerTerms)
        case supplier(id: SupplierID, terms: SupplierTerms)
        case buyer(id: BuyerID, terms: BuyerTerms)
        case partner(id: PartnerID, terms: PartnerTerms)
        /// An operator whose installation partner we are.
        case dispatcher(id: DispatcherID, terms: DispatcherTerms)
        /// Programs of an installation partner: its office's and its engineers' apps.
        case partnerStaff(name: String, clients: [APIClient])
        /// Staff of the operator, and programs of theirs: the network desk.
        case operatorStaff(name: String, clients: [APIClient])
    }

    package enum Input: Codable, Equatable, Sendable { case replaced(role: Role) }
    package enum Alarm: String, CaseIterable, Sendable { case none }

    package static let kind = Kind.party
    package let id: ID<Party>
    package let created: Date
    package var updated: Date
    package private(set) var role: Role
    /// What the configuration said last, without its clients; `nil` for a party that it never named, and in rows of a build
    /// that did not keep it. Where the role differs from it, staff changed the role.
    package private(set) var configured: Role?

    package init(id: ID<Party>, role: Role, at now: Date) {
        self.id = id
        self.role = role
        created = now
        updated = now
    }

    package var owner: Owner { .house }
    package var conversation: ConversationID { ConversationID("party-\(id)") }
    package var stateName: String { "registered" }
    /// A client's name is one party's: else a party that registers a second would act for the first. So is a
    /// `buyerIdentifier`, under which a buyer's tickets are kept.
    package var lookups: [Lookup] {
        [Lookup("party", name, isUnique: true)]
            + role.clients.map { Lookup("client", $0.clientID, isUnique: true) }
            + role.buyerIdentifiers.map { Lookup("buyerIdentifier", $0.rawValue, isUnique: true) }
    }

    /// Its name among all parties: `tenant/TENANT1`.
    package var name: String { role.name }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .replaced(let role):
            self.role = role
            return []
        }
    }

    /// Takes what the configuration says, but for what staff changed since it said it last.
    package mutating func configure(as role: Role) {
        self.role = role.keepingChanges(of: self.role, since: configured)
        configured = role.withoutClients
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}

extension Party.Role {
    package var name: String {
        switch self {
        case .tenant(let id, _): "tenant/\(id)"
        case .customer(let id, _): "customer/\(id)"
        case .supplier(let id, _): "supplier/\(id)"
        case .buyer(let id, _): "buyer/\(id)"
        case .partner(let id, _): "partner/\(id)"
        case .dispatcher(let id, _): "dispatcher/\(id)"
        case .partnerStaff(let name, _): "staff/\(name)"
        case .operatorStaff(let name, _): "operator/\(name)"
        }
    }
}

extension Party.Role {
    package var clients: [APIClient] {
        switch self {
        case .tenant(_, let terms): terms.clients
        case .customer(_, let terms): terms.clients
        case .supplier(_, let terms): terms.clients
        case .operatorStaff(_, let clients), .partnerStaff(_, let clients): clients
        case .buyer, .partner, .dispatcher: []
        }
    }

    /// The same party with one of its clients changed.
    package func changing(_ clientID: String, _ change: (inout APIClient) -> Void) -> Self {
        func changed(_ clients: [APIClient]) -> [APIClient] {
            clients.map { client in
                var client = client
                if client.clientID.isExactly(clientID) { change(&client) }
                return client
            }
        }
        switch self {
        case .tenant(let id, var terms):
            terms.clients = changed(terms.clients)
            return .tenant(id: id, terms: terms)
        case .customer(let id, var terms):
            terms.clients = changed(terms.clients)
            return .customer(id: id, terms: terms)
        case .supplier(let id, var terms):
            terms.clients = changed(terms.clients)
            return .supplier(id: id, terms: terms)
        case .operatorStaff(let name, let clients): return .operatorStaff(name: name, clients: changed(clients))
        case .partnerStaff(let name, let clients): return .partnerStaff(name: name, clients: changed(clients))
        case .buyer, .partner, .dispatcher: return self
        }
    }

    /// The same party, to whom no door opens any more: no client asks for tokens, no certificate is known.
    package var withoutAccess: Self {
        func locked(_ access: MutualTLSTerms) -> MutualTLSTerms {
            MutualTLSTerms(certificateFingerprints: [], sources: access.sources)
        }
        let closed = withoutClients
        switch closed {
        case .supplier(let id, var terms):
            terms.access = terms.access.map(locked)
            return .supplier(id: id, terms: terms)
        case .buyer(let id, var terms):
            terms.access = locked(terms.access)
            return .buyer(id: id, terms: terms)
        case .partner(let id, var terms):
            terms.access = locked(terms.access)
            return .partner(id: id, terms: terms)
        case .dispatcher(let id, var terms):
            terms.access = locked(terms.access)
            return .dispatcher(id: id, terms: terms)
        case .tenant, .customer, .partnerStaff, .operatorStaff: return closed
        }
    }
}
