import FoundationEssentials

/// The supplier's answer to our request.
extension ServiceTest {
    /// 201. An answer that an update overtook only fills in the reference (decision 4).
    mutating func acknowledge(reference: String?, result: TestResult?, at now: Date) -> [Effect] {
        note(reference)
        guard !isTerminal else { return [] }
        let effects = catchUpToSent(at: now)
        guard let result else { return effects }
        return effects + complete(with: result, at: now)
    }

    mutating func reject(because problems: [String], at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .receivedByGateway, .sentToSupplier:
            state = .rejected(at: now)
            let details = KCIDetails(problemCode: ProblemCode.invalidRequest.rawValue, notes: problems)
            return [inform(.terminated, details, at: now)]
        case .failedToSend, .rejected, .inProgress, .failed, .completed: throw illegal("a rejection")
        }
    }

    mutating func failToSend(because reason: String, at now: Date) -> [Effect] {
        switch state {
        case .receivedByGateway:
            state = .failedToSend(reason: reason)
            return [tell(.error(code: "SUPPLIER_FAULT", messages: [reason]), at: now)]
        case .sentToSupplier, .failedToSend, .rejected, .inProgress, .failed, .completed: return []
        }
    }

    mutating func note(_ reference: String?) {
        if let reference, !reference.isEmpty, supplierReference == nil { supplierReference = reference }
    }

    /// SENT_TO_SUPPLIER is told as UPDATE (G-073).
    mutating func catchUpToSent(at now: Date) -> [Effect] {
        guard case .receivedByGateway = state else { return [] }
        state = .sentToSupplier
        return [inform(.update, KCIDetails(text: Status.sentToSupplier.rawValue), at: now)]
    }

    /// A step that the supplier skipped is told all the same: a KCI each step (§3.5).
    mutating func catchUpToInProgress(of news: SupplierNews? = nil, at now: Date) -> [Effect] {
        var effects = catchUpToSent(at: now)
        if case .sentToSupplier = state {
            state = .inProgress
            effects.append(inform(.update, KCIDetails(text: Status.inProgress.rawValue), of: news, at: now))
        }
        return effects
    }
}
