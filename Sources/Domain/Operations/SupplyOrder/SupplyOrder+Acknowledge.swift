import FoundationEssentials

extension SupplyOrder {
    /// The operator takes the order on. The customer reads it in the 201 (G-091), so no update says it again.
    package mutating func acknowledge(at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .received:
            state = .acknowledged
            return [.arm(timer(.commit), at: now + request.pace.commit)]

        case .acknowledged, .committed, .inProgress, .held, .awaitingInformation, .completed, .partial, .cancelled,
            .failed:
            throw Rejection(.illegalTransition, "Order \(reference) is \(state.name): it was acknowledged already.")
        }
    }
}
