extension Party.Role {
    /// The same terms, but for what staff changed of them while they were known: of clients their secrets, restrictions and
    /// revocations, of a tenant the keys that sign for it and how it is called, of buyers, partners and customers their terms
    /// and where they listen.
    ///
    /// - Parameters:
    ///   - known: as it is stored.
    ///   - configured: what the configuration said last; `nil`: not known, then only what no configuration says is kept.
    package func keepingChanges(of known: Self, since configured: Self?) -> Self {
        let kept = known.clients.reduce(self) { role, client in
            role.changing(client.clientID) { configured in
                let scopes = configured.scopes
                configured = client
                configured.scopes = scopes
            }
        }
        switch (kept, known, configured) {
        case (.tenant(let id, let terms), .tenant(_, let known), let configured):
            return .tenant(id: id, terms: terms.keepingChanges(of: known, since: configured?.tenantTerms))
        case (.customer(let id, var terms), .customer(_, let known), .customer(_, let last)?):
            if known.updates != last.updates { terms.updates = known.updates }
            return .customer(id: id, terms: terms)
        case (.buyer(let id, let terms), .buyer(_, let known), .buyer(_, let last)?):
            return .buyer(id: id, terms: terms.keepingChanges(of: known, since: last))
        case (.partner(let id, let terms), .partner(_, let known), .partner(_, let last)?):
            return .partner(id: id, terms: terms.keepingChanges(of: known, since: last))
        // Staff cannot change these, or nothing is known of what was configured.
        case (.customer, _, _), (.buyer, _, _), (.partner, _, _), (.tenant, _, _), (.supplier, _, _),
            (.dispatcher, _, _),
            (.partnerStaff, _, _), (.operatorStaff, _, _):
            return kept
        }
    }

    /// Clients have secrets' hashes, with a salt that is new at each start: they say nothing of a change.
    var withoutClients: Self {
        switch self {
        case .tenant(let id, var terms):
            terms.clients = []
            return .tenant(id: id, terms: terms)
        case .customer(let id, var terms):
            terms.clients = []
            return .customer(id: id, terms: terms)
        case .supplier(let id, var terms):
            terms.clients = []
            return .supplier(id: id, terms: terms)
        case .partnerStaff(let name, _): return .partnerStaff(name: name, clients: [])
        case .operatorStaff(let name, _): return .operatorStaff(name: name, clients: [])
        case .buyer, .partner, .dispatcher: return self
        }
    }

    /// Each once, by its bytes.
    var buyerIdentifiers: [BuyerIdentifier] {
        guard case .buyer(_, let terms) = self else { return [] }
        var seen: Set<BuyerIdentifier> = []
        return terms.buyerIdentifiers.filter { seen.insert($0).inserted }
    }

    private var tenantTerms: TenantTerms? {
        guard case .tenant(_, let terms) = self else { return nil }
        return terms
    }
}

extension TenantTerms {
    /// The URL and how the tenant is called there belong together. In a row that does not say what was configured, access
    /// can only be staff's: no configuration has it.
    fileprivate func keepingChanges(of known: Self, since last: Self?) -> Self {
        var terms = self
        terms.webhookSecrets = known.webhookSecrets
        if known.updatesAccess != nil || last.map({ $0.updates != known.updates }) == true {
            terms.updates = known.updates
            terms.updatesAccess = known.updatesAccess
        }
        return terms
    }
}

extension BuyerTerms {
    /// Where it listens, apart from all else: a sandbox's own receivers have other ports after each start.
    fileprivate func keepingChanges(of known: Self, since last: Self) -> Self {
        var (elsewhere, terms) = (known, self)
        elsewhere.notifications = last.notifications
        if elsewhere != last { terms = known }
        terms.notifications = known.notifications == last.notifications ? notifications : known.notifications
        return terms
    }
}

extension PartnerTerms {
    /// As a buyer's.
    fileprivate func keepingChanges(of known: Self, since last: Self) -> Self {
        var (elsewhere, terms) = (known, self)
        (elsewhere.endpoint, elsewhere.alternates) = (last.endpoint, last.alternates)
        if elsewhere != last { terms = known }
        let source = known.endpoints == last.endpoints ? self : known
        (terms.endpoint, terms.alternates) = (source.endpoint, source.alternates)
        return terms
    }
}
