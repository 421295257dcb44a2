import FoundationEssentials

/// The end of a tenant's line that somebody else asked for, as its supplier tells of it (G-055, Q-10).
package struct UnsolicitedCease: Codable, Equatable, Sendable {
    /// Tells the variant in a stored row.
    private var type = OrderType.unsolicitedCease
    package let supplier: SupplierID
    package let serviceID: ServiceID
    package let requestedCeaseDate: CivilDate?
    /// The supplier's word, such as CHANGE_OF_CP.
    package let reason: String?

    package init(supplier: SupplierID, serviceID: ServiceID, requestedCeaseDate: CivilDate?, reason: String?) {
        self.supplier = supplier
        self.serviceID = serviceID
        self.requestedCeaseDate = requestedCeaseDate
        self.reason = reason
    }
}

extension ServiceOrder {
    /// A supplier's CREATED founds an order of the tenant's: so that it hears of the cease, and may object.
    package static func hear(
        of cease: UnsolicitedCease,
        as id: ID<ServiceOrder>,
        _ news: SupplierNews,
        for tenant: TenantID,
        in conversation: ConversationID,
        at now: Date
    ) -> (ServiceOrder, [Effect]) {
        var order = ServiceOrder(
            id: id,
            tenant: tenant,
            conversation: conversation,
            created: now,
            updated: now,
            request: .unsolicitedCease(cease)
        )
        order.serviceID = cease.serviceID
        order.note(news)
        order.heard.record(news.message, sequence: news.sequence)
        // Told before the order is handed out: its number is part of it.
        let created = order.inform(.created, news.details, of: news, at: now)
        return (order, [created])
    }

    /// Whether it is somebody else's doing: then nothing was ever sent to the supplier.
    var isUnsolicited: Bool { request.type == .unsolicitedCease }
}
