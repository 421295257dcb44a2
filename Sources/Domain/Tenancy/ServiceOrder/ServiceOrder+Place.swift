import FoundationEssentials

extension ServiceOrder {
    /// A tenant orders (F-010). The visit, if any, was taken from its reservation in the same commit.
    ///
    /// An order that needs a visit and names none is accepted too: the supplier lets it wait and asks for one
    /// (G-051, T-020). Whether a service that is to be modified or ceased is there, the supplier knows (G-091: 422).
    package static func place(
        _ id: ID<ServiceOrder>,
        _ request: OrderRequest,
        visit: BookedVisit?,
        for tenant: TenantID,
        in conversation: ConversationID,
        at now: Date
    ) throws(Rejection) -> (ServiceOrder, [Effect]) {
        try place(id, EncodedOnce(wrappedValue: request), visit: visit, for: tenant, in: conversation, at: now)
    }

    /// The same, of a request that may have been encoded already.
    package static func place(
        _ id: ID<ServiceOrder>,
        _ encoded: EncodedOnce<OrderRequest>,
        visit: BookedVisit?,
        for tenant: TenantID,
        in conversation: ConversationID,
        at now: Date
    ) throws(Rejection) -> (ServiceOrder, [Effect]) {
        let request = encoded.wrappedValue
        let problems = request.problems(on: LondonTime.day(at: now))
        guard problems.isEmpty else { throw Rejection(.invalid, "The order breaks a rule.", problems: problems) }
        var order = ServiceOrder(
            id: id,
            tenant: tenant,
            conversation: conversation,
            created: now,
            updated: now,
            request: request,
            visit: visit
        )
        order.adopt(encoded)
        order.serviceID = request.serviceID
        return (order, [.send(request.placing, to: .supplier(id: request.supplier))])
    }
}

extension OrderRequest {
    /// What brings it to its supplier.
    fileprivate var placing: Message { type == .ethernet ? .ethernetOrderPlaced : .orderPlaced }
}
