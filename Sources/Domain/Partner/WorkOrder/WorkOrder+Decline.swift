import FoundationEssentials

extension ClosureCode.Meaning {
    /// Codes under which nobody came, so that no engineer need have been assigned, and nothing was asked (G-126).
    package var isWithoutVisit: Bool { Self.withoutVisit.contains(self) }

    private static let withoutVisit: Set<Self> = [.noTruckRoll, .unableToAttendWithNotice, .failedToAttend]
}

extension WorkOrder {
    /// The office gives the job back. What was acknowledged can only be closed: under a code that says nobody came
    /// (I-021). From the moment that the engineer sets out it is for the engineer to close.
    package mutating func decline(
        code: ClosureCode = ClosureCode("MBORC"),
        reason: String,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        guard code.meaning.isWithoutVisit else {
            let problem = Rejection.Problem("/code", "must be one of: NTR, MBORC, FTA")
            throw Rejection(.invalid, "\(code) does not say that nobody came.", problems: [problem])
        }
        let stage = try goingOn(.end)
        guard stage < .enRoute else {
            throw Rejection(.illegalTransition, "Job \(reference) is \(stateName); it can be closed, not declined.")
        }
        let closing = ClosingReport(code: code, codeDescription: reason, closedAt: now, notes: reason)
        state = .declining(report: closing, stage: stage)
        return report(.closed(report: closing), as: .declined, at: now, now: now)
    }
}
