import FoundationEssentials

extension WorkOrder {
    /// The operator's `notifyJob`: what became of the scanned ONT (I-041). One that comes before a scan or after the end
    /// is kept, and moves nothing.
    package mutating func learn(_ result: HeardResult, at now: Date) throws(Rejection) -> [Effect] {
        try VisitRoom.provisioning.check(after: steps.count, answers: [], adding: [], to: reference)
        results.append(result)
        remember(.result, at: result.at, recorded: now)
        guard let stage, stage >= .scanned else { return [] }
        switch result.outcome {
        case .provisioned, .installSuccessful:
            state = .open(stage: .provisioned)
        case .failed, .incorrectDeviceType, .incorrectFormat, .duplicateDevice:
            state = .open(stage: .provisioningFailed)
        case .retrying:
            state = .open(stage: .scanned)
        }
        return []
    }
}
