import Domain

/// Somebody whose token or certificate was checked on this very request.
///
/// It is only made from a ``VerifiedToken`` or a ``PeerIdentity``, which in turn are only made by the checks, so a
/// context that holds a party's name proves that the party was there.
struct Caller: Sendable, ScopedContext {
    /// As whom it is registered, and on what terms.
    enum Party: Sendable {
        case tenant(id: TenantID, terms: TenantTerms)
        case customer(id: CustomerID, terms: CustomerTerms)
        case supplier(id: SupplierID, terms: SupplierTerms)
        case staff(name: String)
        case partnerStaff(name: String)
        case dispatcher(id: DispatcherID, terms: DispatcherTerms)
        case buyer(id: BuyerID, terms: BuyerTerms)
        case partner(id: PartnerID, terms: PartnerTerms)
    }

    let party: Party
    /// What its token allows (G-006); empty on mutual TLS, where the certificate allows all that its party may do.
    let scopes: Set<String>

    init(_ party: Party, _ scopes: Set<String>, by token: VerifiedToken) {
        self.party = party
        self.scopes = scopes
    }

    init(_ party: Party, by peer: PeerIdentity) {
        self.party = party
        scopes = []
    }

    /// The interface that its token is for.
    var audience: Audience? {
        switch party {
        case .tenant: .tenantAPI
        case .customer: .wholesaleAPI
        case .supplier: .supplierAPI
        case .staff: .operatorAPI
        case .partnerStaff: .partnerAPI
        case .dispatcher, .buyer, .partner: nil
        }
    }

    /// Its name in logs and metrics.
    var name: String {
        switch party {
        case .tenant(let id, _): "tenant/\(id)"
        case .customer(let id, _): "customer/\(id)"
        case .supplier(let id, _): "supplier/\(id)"
        case .staff(let name): "operator/\(name)"
        case .partnerStaff(let name): "staff/\(name)"
        case .dispatcher(let id, _): "dispatcher/\(id)"
        case .buyer(let id, _): "buyer/\(id)"
        case .partner(let id, _): "partner/\(id)"
        }
    }
}
