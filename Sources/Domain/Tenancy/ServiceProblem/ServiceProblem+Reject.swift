import FoundationEssentials

extension ServiceProblem {
    /// The supplier refused it at once (T-011, T-012).
    mutating func reject(because reason: String, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .receivedByGateway, .sentToSupplier:
            state = .rejected(at: now)
            let details = KCIDetails(problemCode: ProblemCode.invalidRequest.rawValue, text: reason)
            return [inform(.terminated, details, at: now)] + settleAtEnd(at: now)
        case .failedToSend, .rejected, .working, .pendingAmendment, .pendingCancellation, .resolved, .cancelled,
            .completed:
            throw illegal("a rejection")
        }
    }

    /// Retries are exhausted. A notification that came meanwhile proves that the supplier has it (decision 4).
    mutating func failToSend(because reason: String, at now: Date) -> [Effect] {
        switch state {
        case .receivedByGateway:
            state = .failedToSend(reason: reason)
            return [tell(.error(code: "SUPPLIER_FAULT", messages: [reason]), at: now)] + settleAtEnd(at: now)
        case .sentToSupplier, .failedToSend, .rejected, .working, .pendingAmendment, .pendingCancellation, .resolved,
            .cancelled, .completed:
            return []
        }
    }
}
