import FoundationEssentials

/// A line that changes hands: whoever has it is told of its end, and may object (G-052, Q-10).
extension SupplyOrder {
    /// The cease of this order's line, which its customer did not ask for: another takes the line over.
    ///
    /// - Parameters:
    ///   - taker: the order that takes it over.
    package func cease(_ id: ID<SupplyOrder>, for taker: SupplyOrder, at now: Date) -> (SupplyOrder, [Effect]) {
        let day = taker.visit?.slot.day ?? taker.request.requestedCompletionDate
        var cease = SupplyOrder(
            id: id,
            request: SupplyRequest(
                customer: request.customer,
                tenant: request.tenant,
                // The customer has no number for what it did not order; ours is unlike any of its.
                customerReference: "unsolicited-\(id)",
                conversation: request.conversation,
                orderType: .unsolicitedCease,
                service: serviceID,
                address: request.address,
                specification: request.specification,
                contact: nil,
                visitNeed: .notNeeded,
                requestedCompletionDate: day ?? LondonTime.day(at: now),
                partner: request.partner,
                pace: taker.request.pace
            ),
            at: now
        )
        cease.state = .acknowledged
        cease.linkedOrder = taker.id
        let told = cease.inform(.created, at: now)
        return (cease, [told, .arm(cease.timer(.commit), at: now + cease.request.pace.commit)])
    }

    /// This order takes a line over, which that order ends.
    package mutating func take(over cease: ID<SupplyOrder>) -> [Effect] {
        linkedOrder = cease
        return []
    }

    /// The other side came to nothing. A line whose tenant keeps it cannot be taken over; one that nobody takes is kept.
    mutating func letGo(at now: Date) throws(Rejection) -> [Effect] {
        guard !isDone, !isGivenUp else { return [] }
        guard request.orderType == .unsolicitedCease else {
            return try fail(because: "The line's tenant keeps it.", problem: .linkedOrderIssue, at: now)
        }
        state = .cancelled(at: now)
        return Alarm.allCases.map { .disarm(timer($0)) }
            + [inform(.cancelled, problem: .linkedOrderIssue, "Nobody takes the line over.", at: now)]
    }

    func tellLinkedOrder() -> [Effect] {
        linkedOrder.map { [.tell(.supplyOrder(id: $0, input: .linkedOrderEnded))] } ?? []
    }
}
