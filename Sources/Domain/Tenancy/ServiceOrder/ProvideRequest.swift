import FoundationEssentials

/// Why a tenant orders (F-020): all five provide a line, from different beginnings (G-052).
package enum ProvideType: String, Codable, CaseIterable, Sendable {
    case new = "NEW"
    case start = "START"
    case takeover = "TAKEOVER"
    case transfer = "TRANSFER"
    case swap = "SWAP"

    package var orderType: OrderType {
        switch self {
        case .new: .new
        case .start: .start
        case .takeover: .takeover
        case .transfer: .transfer
        case .swap: .swap
        }
    }
}

/// A line that a tenant wants, as it was accepted (F-020).
package struct ProvideRequest: Codable, Equatable, Sendable {
    package let type: ProvideType
    package let supplier: SupplierID
    package internal(set) var address: PremisesAddress
    package let specification: ServiceSpecification
    package internal(set) var characteristics: [Characteristic]
    package internal(set) var primaryContact: Contact
    package internal(set) var secondaryContact: Contact?
    package internal(set) var reservation: ID<Reservation>?
    /// Where not appointed; with a reservation, the reservation wins.
    package internal(set) var requestedCompletionDate: CivilDate?
    package internal(set) var engineerTasks: [EngineerTask]
    package internal(set) var site: SiteNotes

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
