import Domain
import Engine
import Formats

/// A cease that a tenant did not ask for, as its supplier first tells of it: there is no order of ours yet (G-055, Q-10).
struct UnsolicitedCeaseNews: Sendable {
    let reference: String
    let tenant: TenantID
    private let service: ServiceID
    private let requestedCeaseDate: CivilDate?
    private let reason: String?

    init?(_ entity: ObjectReader, _ news: SupplierNews) {
        let reference = entity.requiredName("supplierOrderReference", length: WholesaleLimits.reference)
        let tenant = entity.requiredString("tenant", length: WholesaleLimits.tenant)
        let service = entity.requiredString("serviceId", length: WholesaleLimits.reference)
        requestedCeaseDate = WholesaleReading.date(entity.optionalDate("requestedCeaseDate"))
        reason = entity.optionalString("reason", length: WholesaleLimits.reference)
        guard let reference, let tenant, let service else { return nil }
        self.reference = reference
        self.tenant = TenantID(tenant)
        self.service = ServiceID(service)
    }

    /// Founds the tenant's order, unless it is there: the same news again is a repeat.
    ///
    /// A tenant that there isn't, or that has nothing to do with this supplier, is absent like anything else (404).
    func found(
        as id: ID<ServiceOrder>,
        _ news: SupplierNews,
        by supplier: SupplierID,
        in conversation: ConversationID,
        _ tenants: Directory,
        _ change: inout Change
    ) throws -> EntityRef? {
        let value = KeyParts.joined(supplier.rawValue, reference)
        guard try change.find(ServiceOrder.self, by: "supplierOrderNumber", value, limit: 1).isEmpty else { return nil }
        guard tenants.tenant(tenant)?.suppliers.contains(supplier) == true else {
            throw Rejection(.notFound, "There is no such entity.")
        }
        let cease = UnsolicitedCease(
            supplier: supplier,
            serviceID: service,
            requestedCeaseDate: requestedCeaseDate,
            reason: reason
        )
        let (order, effects) = ServiceOrder.hear(
            of: cease,
            as: id,
            news,
            for: tenant,
            in: conversation,
            at: change.now
        )
        return try change.found(order, effects).ref
    }
}
