import FoundationEssentials

/// What a customer ordered, as it was accepted, and the terms the operator fixed with it.
package struct SupplyRequest: Codable, Equatable, Sendable {
    /// The visit that was agreed before the order came.
    package struct AgreedVisit: Codable, Equatable, Sendable {
        package let appointment: ID<Appointment>
        package let key: String
        package let slot: TimeSlot

        package init(appointment: ID<Appointment>, key: String, slot: TimeSlot) {
            self.appointment = appointment
            self.key = key
            self.slot = slot
        }
    }

    /// Whether an engineer must come before the line can live.
    package enum VisitNeed: String, Codable, Sendable { case needed, notNeeded }

    package let customer: CustomerID
    /// The customer's own tenant that it orders for; header `Tenant` (G-001), carried in every update.
    package let tenant: String
    /// The customer's number for the order.
    package let customerReference: String
    package let conversation: ConversationID
    package let orderType: OrderType
    /// The live line that it changes or ends; `nil` where one is to be provided.
    package let service: ServiceID?
    /// The quote that it is ordered on, where there is one.
    package let quote: String?
    package let address: PremisesAddress
    package let addressLines: [String]
    package let postcode: String?
    package let specification: ServiceSpecification
    package internal(set) var characteristics: [Characteristic]
    /// Whom to speak to; nobody need be named where nobody comes.
    package internal(set) var contact: Contact?
    package internal(set) var secondaryContact: Contact?
    package let visitNeed: VisitNeed
    package let visit: AgreedVisit?
    package internal(set) var requestedCompletionDate: CivilDate?
    package internal(set) var engineerTasks: [EngineerTask]
    package internal(set) var site: SiteNotes
    /// Who installs for the operator here.
    package let partner: PartnerID
    package let pace: Pace

    package init(
        customer: CustomerID,
        tenant: String,
        customerReference: String,
        conversation: ConversationID,
        orderType: OrderType = .new,
        service: ServiceID? = nil,
        quote: String? = nil,
        address: PremisesAddress,
        addressLines: [String] = [],
        postcode: String? = nil,
        specification: ServiceSpecification,
        characteristics: [Characteristic] = [],
        contact: Contact?,
        secondaryContact: Contact? = nil,
        visitNeed: VisitNeed = .needed,
        visit: AgreedVisit? = nil,
        requestedCompletionDate: CivilDate? = nil,
        engineerTasks: [EngineerTask] = [],
        site: SiteNotes = SiteNotes(),
        partner: PartnerID,
        pace: Pace
    ) {
        self.customer = customer
        self.tenant = tenant
        self.customerReference = customerReference
        self.conversation = conversation
        self.orderType = orderType
        self.service = service
        self.quote = quote
        self.address = address
        self.addressLines = addressLines
        self.postcode = postcode
        self.specification = specification
        self.characteristics = characteristics
        self.contact = contact
        self.secondaryContact = secondaryContact
        self.visitNeed = visitNeed
        self.visit = visit
        self.requestedCompletionDate = requestedCompletionDate
        self.engineerTasks = engineerTasks
        self.site = site
        self.partner = partner
        self.pace = pace
    }
}
