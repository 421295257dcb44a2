import FoundationEssentials

/// What a buyer says of a fault, understood but not yet believed.
package struct FaultClaim: Equatable, Sendable {
    package var buyer: FaultBuyer
    package var buyerIdentifier: String
    package var buyerReference: String
    package var service: ServiceID
    package var conversation: ConversationID
    package var reported: Date?
    package var parentReference: String?
    package var priorReference: String?
    package var reporter: TicketContact?
    package var endUser: TicketContact?
    package var details: FaultDetails
    package var priority: Int?
    package var observedError: String?
    package var updates: [TicketUpdate]
    package var comment: TicketUpdate?
    package var attachments: [AttachmentWish]

    package init(
        buyer: FaultBuyer,
        buyerIdentifier: String,
        buyerReference: String,
        service: ServiceID,
        conversation: ConversationID,
        reported: Date? = nil,
        parentReference: String? = nil,
        priorReference: String? = nil,
        reporter: TicketContact? = nil,
        endUser: TicketContact? = nil,
        details: FaultDetails,
        priority: Int? = nil,
        observedError: String? = nil,
        updates: [TicketUpdate] = [],
        comment: TicketUpdate? = nil,
        attachments: [AttachmentWish] = []
    ) {
        self.buyer = buyer
        self.buyerIdentifier = buyerIdentifier
        self.buyerReference = buyerReference
        self.service = service
        self.conversation = conversation
        self.reported = reported
        self.parentReference = parentReference
        self.priorReference = priorReference
        self.reporter = reporter
        self.endUser = endUser
        self.details = details
        self.priority = priority
        self.observedError = observedError
        self.updates = updates
        self.comment = comment
        self.attachments = attachments
    }
}
