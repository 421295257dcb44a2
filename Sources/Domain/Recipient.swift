/// To whom a message goes. Which address, credentials and wire that means is an adapter's business.
package enum Recipient: Hashable, Codable, Sendable {
    /// The tenant's Updates API: KCIs.
    case tenant(id: TenantID)
    /// A supplier, by whichever contract its configuration names for the capability.
    case supplier(id: SupplierID)
    /// A customer of the operator's Supplier API: supplier updates to a gateway.
    case customer(id: CustomerID)
    /// A buyer's notification endpoint.
    case buyer(id: BuyerID)
    /// An installation partner.
    case partner(id: PartnerID)
    /// An operator that dispatches jobs to us as its installation partner.
    case dispatcher(id: DispatcherID)
    /// The store with the bucket that operator and partner share (I-031).
    case objects(id: PartnerID)
    /// The operator's network desk: news of tickets for the people (or the simulated desk) that work them.
    case desk
    /// Another aggregate of this house.
    case house

    /// How the store spells it; a lane's first half.
    package var key: String {
        switch self {
        case .tenant(let id): "tenant/\(id)"
        case .supplier(let id): "supplier/\(id)"
        case .customer(let id): "customer/\(id)"
        case .buyer(let id): "buyer/\(id)"
        case .partner(let id): "partner/\(id)"
        case .dispatcher(let id): "dispatcher/\(id)"
        case .objects(let id): "objects/\(id)"
        case .desk: "desk"
        case .house: "house"
        }
    }

    /// Whether several parties of ours send to it, each of which has a share of what is under way to it at a time.
    package var isShared: Bool {
        switch self {
        case .supplier: true
        case .tenant, .customer, .buyer, .partner, .dispatcher, .objects, .desk, .house: false
        }
    }

    /// The partner, if it is one.
    package var partner: PartnerID? {
        guard case .partner(let id) = self else { return nil }
        return id
    }

    /// Reads a stored key back.
    package init?(key: String) {
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.count == 2 ? String(parts[1]) : ""
        switch String(parts[0]) {
        case "tenant": self = .tenant(id: TenantID(name))
        case "supplier": self = .supplier(id: SupplierID(name))
        case "customer": self = .customer(id: CustomerID(name))
        case "buyer": self = .buyer(id: BuyerID(name))
        case "partner": self = .partner(id: PartnerID(name))
        case "dispatcher": self = .dispatcher(id: DispatcherID(name))
        case "objects": self = .objects(id: PartnerID(name))
        case "desk": self = .desk
        case "house": self = .house
        case _: return nil
        }
    }
}
