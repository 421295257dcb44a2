import FoundationEssentials

extension ChangeRequest {
    /// A tenant asks; its order agreed to be asked in the same commit, and says what is to be carried to the supplier.
    package static func ask(
        _ id: ID<ChangeRequest>,
        about order: ServiceOrder,
        _ content: Content,
        in conversation: ConversationID,
        at now: Date
    ) -> (ChangeRequest, [Effect]) {
        var request = ChangeRequest(
            id: id,
            tenant: order.tenant,
            conversation: conversation,
            created: now,
            updated: now,
            order: order.id,
            supplier: order.request.supplier,
            supplierOrderNumber: order.supplierOrderNumber,
            content: content
        )
        // Cancelled before it left the house: the supplier never heard of the order, nor will it of this (decision 10).
        guard order.openRequest?.id == id else {
            request.state = .completed
            return (request, [])
        }
        let message: Message =
            request.isCancellation ? .cancellationRequested(order: order.id) : .amendmentRequested(order: order.id)
        return (request, [.send(message, to: .supplier(id: order.request.supplier))])
    }
}
