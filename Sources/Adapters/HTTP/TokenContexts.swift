import Domain
import Hummingbird
import NIOCore

/// A request of a tenant, proved by its token, with the headers of its conversation (G-001, G-005).
package struct TenantContext: ChildRequestContext, ScopedContext {
    package var coreContext: CoreRequestContextStorage
    package var audience: Audience? { .tenantAPI }
    package let tenant: TenantID
    package let terms: TenantTerms
    package let headers: ConversationHeaders
    package let scopes: Set<String>

    package init(context: BasicContext) throws {
        guard let caller = context.caller, case .tenant(let id, let terms) = caller.party, let headers = context.headers
        else { throw APIError.noToken(audience: .tenantAPI) }
        coreContext = context.coreContext
        tenant = id
        self.terms = terms
        self.headers = headers
        scopes = caller.scopes
    }
}

/// A request of a customer of the operator's Supplier API: a gateway, on behalf of one of its tenants.
package struct CustomerContext: ChildRequestContext, ScopedContext {
    package var coreContext: CoreRequestContextStorage
    package var audience: Audience? { .wholesaleAPI }
    package let customer: CustomerID
    package let terms: CustomerTerms
    package let headers: ConversationHeaders
    package let scopes: Set<String>

    package init(context: BasicContext) throws {
        guard let caller = context.caller, case .customer(let id, let terms) = caller.party,
            let headers = context.headers
        else { throw APIError.noToken(audience: .wholesaleAPI) }
        coreContext = context.coreContext
        customer = id
        self.terms = terms
        self.headers = headers
        scopes = caller.scopes
    }
}

/// A request of a supplier at the gateway's Supplier Updates API, proved by its token.
package struct SupplierContext: ChildRequestContext, ScopedContext {
    package var coreContext: CoreRequestContextStorage
    package var audience: Audience? { .supplierAPI }
    package let supplier: SupplierID
    package let headers: ConversationHeaders
    package let scopes: Set<String>

    package init(context: BasicContext) throws {
        guard let caller = context.caller, case .supplier(let id, _) = caller.party, let headers = context.headers
        else { throw APIError.noToken(audience: .supplierAPI) }
        coreContext = context.coreContext
        supplier = id
        self.headers = headers
        scopes = caller.scopes
    }
}

/// A request of an installation partner's own apps: its office's and its engineers'.
package struct PartnerStaffContext: ChildRequestContext, ScopedContext {
    package var coreContext: CoreRequestContextStorage
    package var audience: Audience? { .partnerAPI }
    package let name: String
    package let scopes: Set<String>

    package init(context: BasicContext) throws {
        guard let caller = context.caller, case .partnerStaff(let name) = caller.party
        else { throw APIError.noToken(audience: .partnerAPI) }
        coreContext = context.coreContext
        self.name = name
        scopes = caller.scopes
    }
}

/// A request of the operator's own people or programs: the network desk.
package struct StaffContext: ChildRequestContext, ScopedContext {
    package var coreContext: CoreRequestContextStorage
    package var audience: Audience? { .operatorAPI }
    package let name: String
    package let headers: ConversationHeaders?
    package let scopes: Set<String>

    package init(context: BasicContext) throws {
        guard let caller = context.caller, case .staff(let name) = caller.party
        else { throw APIError.noToken(audience: .operatorAPI) }
        coreContext = context.coreContext
        self.name = name
        headers = context.headers
        scopes = caller.scopes
    }
}
