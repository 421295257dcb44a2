import Domain
import Hummingbird

/// A request of a buyer of the Ticketing API, proved by its client certificate (T-003).
package struct BuyerContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let buyer: BuyerID
    package let terms: BuyerTerms

    package init(context: BasicContext) throws {
        guard case .buyer(let id, let terms) = context.caller?.party else { throw APIError.noCertificate }
        coreContext = context.coreContext
        buyer = id
        self.terms = terms
    }
}

/// A request of an installation partner, proved by its client certificate (I-001).
package struct PartnerContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let partner: PartnerID
    package let terms: PartnerTerms

    package init(context: BasicContext) throws {
        guard case .partner(let id, let terms) = context.caller?.party else { throw APIError.noCertificate }
        coreContext = context.coreContext
        partner = id
        self.terms = terms
    }
}

/// A request of an operator that dispatches jobs to us, proved by its client certificate (I-001).
package struct DispatcherContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let dispatcher: DispatcherID
    package let terms: DispatcherTerms

    package init(context: BasicContext) throws {
        guard case .dispatcher(let id, let terms) = context.caller?.party else { throw APIError.noCertificate }
        coreContext = context.coreContext
        dispatcher = id
        self.terms = terms
    }
}

/// A request of a network operator that notifies us as its buyer, proved by its client certificate.
package struct NotifierContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let supplier: SupplierID

    package init(context: BasicContext) throws {
        guard case .supplier(let id, _) = context.caller?.party else { throw APIError.noCertificate }
        coreContext = context.coreContext
        supplier = id
    }
}
