import FoundationEssentials

/// Why a tenant orders (F-020): all five provide a line, from different beginnings (G-052).
package enum ProvideType: String, Codable, CaseIterable, Sendable {
    case new = "NEW"
    case start = "START"
    case takeover = "TAKEOVER"
    case transfer = "TRANSFER"
    case swap = "SWAP"
}

/// What a tenant asked for, as it was accepted (F-020).
package struct OrderRequest: Codable, Equatable, Sendable {
    package let type: ProvideType
    package let supplier: SupplierID
    package let address: PremisesAddress
    package let specification: ServiceSpecification
    package let characteristics: [Characteristic]
    package let primaryContact: Contact
    package let secondaryContact: Contact?
    package let reservation: ID<Reservation>?
    /// Where not appointed; with a reservation, the reservation wins.
    package let requestedCompletionDate: CivilDate?
    package let engineerTasks: [EngineerTask]
    package let site: SiteNotes

    package init(
        type: ProvideType,
        supplier: SupplierID,
        address: PremisesAddress,
        specification: ServiceSpecification,
        characteristics: [Characteristic],
        primaryContact: Contact,
        secondaryContact: Contact? = nil,
        reservation: ID<Reservation>? = nil,
        requestedCompletionDate: CivilDate? = nil,
        engineerTasks: [EngineerTask] = [],
        site: SiteNotes = SiteNotes()
    ) {
        self.type = type
        self.supplier = supplier
        self.address = address
        self.specification = specification
        self.characteristics = characteristics
        self.primaryContact = primaryContact
        self.secondaryContact = secondaryContact
        self.reservation = reservation
        self.requestedCompletionDate = requestedCompletionDate
        self.engineerTasks = engineerTasks
        self.site = site
    }
}
