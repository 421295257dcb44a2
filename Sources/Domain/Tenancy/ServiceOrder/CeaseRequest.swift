import FoundationEssentials

/// A live service that a tenant gives up, and when, as it was accepted (G-053).
package struct CeaseRequest: Codable, Equatable, Sendable {
    /// Tells the variant in a stored row.
    private var type = OrderType.cease
    package let supplier: SupplierID
    package let serviceID: ServiceID
    package internal(set) var requestedCompletionDate: CivilDate
    /// The tenant's own code, `^[A-Z_]{1,30}$`.
    package let reason: String?
    package let primaryContact: Contact?
    package internal(set) var notes: String?

    package init(
        supplier: SupplierID,
        serviceID: ServiceID,
        requestedCompletionDate: CivilDate,
        reason: String? = nil,
        primaryContact: Contact? = nil,
        notes: String? = nil
    ) {
        self.supplier = supplier
        self.serviceID = serviceID
        self.requestedCompletionDate = requestedCompletionDate
        self.reason = reason
        self.primaryContact = primaryContact
        self.notes = notes
    }
}
