import FoundationEssentials

/// What is to be different about a live service, as it was accepted (G-054).
package struct ModifyRequest: Codable, Equatable, Sendable {
    /// Tells the variant in a stored row.
    private var type = OrderType.modify
    package let supplier: SupplierID
    package let serviceID: ServiceID
    package internal(set) var characteristics: [Characteristic]
    package internal(set) var primaryContact: Contact?
    package internal(set) var secondaryContact: Contact?
    package internal(set) var reservation: ID<Reservation>?
    package internal(set) var requestedCompletionDate: CivilDate?
    package internal(set) var engineerTasks: [EngineerTask]
    package internal(set) var site: SiteNotes

    package init(
        supplier: SupplierID,
        serviceID: ServiceID,
        characteristics: [Characteristic],
        primaryContact: Contact? = nil,
        secondaryContact: Contact? = nil,
        reservation: ID<Reservation>? = nil,
        requestedCompletionDate: CivilDate? = nil,
        engineerTasks: [EngineerTask] = [],
        site: SiteNotes = SiteNotes()
    ) {
        self.supplier = supplier
        self.serviceID = serviceID
        self.characteristics = characteristics
        self.primaryContact = primaryContact
        self.secondaryContact = secondaryContact
        self.reservation = reservation
        self.requestedCompletionDate = requestedCompletionDate
        self.engineerTasks = engineerTasks
        self.site = site
    }
}
