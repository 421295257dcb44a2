import FoundationEssentials

extension ServiceOrder {
    /// What a tenant may do about a rejected order.
    static let resubmitHint = "Correct the order and submit it again as a new one."

    /// The supplier answered 422: it will not have the order as it is.
    mutating func reject(because problems: [String], at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .receivedByGateway, .sentToSupplier:
            state = .rejected(at: now)
            let details = KCIDetails(
                problemCode: ProblemCode.invalidRequest.rawValue,
                text: Self.resubmitHint,
                notes: problems
            )
            return [inform(.terminated, details, at: now)]

        case .acknowledged, .inProgress, .held, .pending, .pendingAmendment, .pendingCancellation, .failedToSend,
            .rejected, .cancelled, .failed, .partial, .completed:
            throw illegal("a rejection")
        }
    }

    /// Retries are exhausted, or there is no way to the supplier.
    ///
    /// An update that came meanwhile proves that the supplier has the order: then nothing failed (decision 4).
    mutating func failToSend(because reason: String, at now: Date) -> [Effect] {
        switch state {
        case .receivedByGateway:
            state = .failedToSend(reason: reason)
            return [tell(.error(code: "SUPPLIER_FAULT", messages: [reason]), at: now)]

        case .sentToSupplier, .acknowledged, .inProgress, .held, .pending, .pendingAmendment, .pendingCancellation,
            .failedToSend, .rejected, .cancelled, .failed, .partial, .completed:
            return []
        }
    }
}
