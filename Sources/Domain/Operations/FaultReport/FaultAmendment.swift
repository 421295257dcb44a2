import FoundationEssentials

/// What a buyer changes: absent is unchanged (T-071).
package struct FaultAmendment: Equatable, Sendable {
    package var service: ServiceID?
    package var reported: Date?
    package var parentReference: String?
    package var reporter: TicketContact?
    package var endUser: TicketContact?
    package var description: String?
    package var type: FaultType?
    package var status: FaultStatus?
    package var statusReason: String?
    package var started: Date?
    package var location: String?
    package var siteAccess: String?
    package var siteContact: TicketContact?
    package var triageComplete: Bool?
    package var triageFindings: String?
    package var priority: Int?
    package var updates: [TicketUpdate] = []
    package var comment: TicketUpdate?
    package var attachments: [AttachmentWish] = []

    package init() {}
}
