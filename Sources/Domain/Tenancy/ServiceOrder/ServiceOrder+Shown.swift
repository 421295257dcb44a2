import FoundationEssentials

/// What a tenant is shown of an order, and that it is told of each change of it (F-025).
extension ServiceOrder {
    /// As much as a GET shows, but for its updates.
    struct Shown: Equatable {
        let status: Status
        let request: OrderRequest
        let visit: BookedVisit?
        let supplierOrderNumber: String?
        let committedDate: CivilDate?
        let targetDate: CivilDate?
        let serviceID: ServiceID?
    }

    var shown: Shown {
        Shown(
            status: status,
            request: request,
            visit: isReappointed ? visit : nil,
            supplierOrderNumber: supplierOrderNumber,
            committedDate: committedDate,
            targetDate: targetDate,
            serviceID: serviceID
        )
    }

    package func showsMore(than before: ServiceOrder) -> Bool {
        log.sequence != before.log.sequence || shown != before.shown
    }

    /// What an input filled in and no update says: a number that comes with a late answer, a date with a repeated
    /// acknowledgement. Updates alone must show a tenant what a GET does.
    mutating func tellOfDetails(unlike before: ServiceOrder, at now: Date) -> [Effect] {
        guard log.sequence == before.log.sequence, shown != before.shown else { return [] }
        return [inform(isTerminal ? .additional : .update, KCIDetails(text: KCIDetails.filledIn), at: now)]
    }
}

extension KCIDetails {
    /// Where nothing happened but that the supplier said more of what is known.
    static let filledIn = "The supplier added details."
}
