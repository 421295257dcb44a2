import FoundationEssentials

/// What suppliers say. An item that is decided stays as it is: a repeated answer is an echo.
extension Quote {
    mutating func take(by supplier: SupplierID) -> [Effect] {
        change(of: supplier) { item in
            if case .asked = item.state { item.state = .taken }
        }
        return []
    }

    /// An item that the answer doesn't mention is still to come; one that is valid no longer is no offer.
    mutating func hear(_ answers: [QuoteAnswer], of supplier: SupplierID, at now: Date) -> [Effect] {
        change(of: supplier) { item in
            guard item.isOpen else { return }
            switch answers.first(where: { $0.item == item.wanted.number }) {
            case .offered(_, let offer):
                item.state = now < offer.validUntil ? .offered(offer: offer) : .expired(offer: offer)
            case .declined(_, let reasons): item.state = .declined(reasons: reasons)
            case nil: item.state = .taken
            }
        }
        return timers
    }

    /// One word for all that the supplier was asked.
    mutating func settle(_ supplier: SupplierID, as state: ItemState) -> [Effect] {
        change(of: supplier) { item in
            if item.isOpen { item.state = state }
        }
        return timers
    }

    /// Whoever hasn't answered by now won't.
    mutating func giveUp() -> [Effect] {
        for index in items.indices where items[index].isOpen {
            items[index].state = .failed(reason: "The supplier did not answer in time.")
        }
        return timers
    }

    private mutating func change(of supplier: SupplierID, _ change: (inout Item) -> Void) {
        for index in items.indices where items[index].wanted.supplier == supplier { change(&items[index]) }
    }

    /// It wakes when the next offer runs out, and when there is nothing to wait for it doesn't wait.
    var timers: [Effect] {
        let answered: [Effect] = items.contains(where: \.isOpen) ? [] : [.disarm(timer(.unanswered))]
        return answered + [validUntil.map { .arm(timer(.expires), at: $0) } ?? .disarm(timer(.expires))]
    }
}
