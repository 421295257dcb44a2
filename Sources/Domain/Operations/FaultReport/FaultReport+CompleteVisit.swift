import FoundationEssentials

extension FaultReport {
    /// The visit has ended (T-098), and its code decides how the ticket goes on (§3.6).
    package mutating func completeVisit(
        code: VisitClosureCode,
        because reason: String?,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        let visit = try visitToCome("complete")
        switch state {
        case .inProgress, .onHold:
            break
        case .pending, .rejected, .accepted, .open, .resolved, .reopened, .closed, .cancelled:
            throw refusal("a visit ends while work is in progress")
        }
        let text = reason ?? "\(code.meaning) (\(code.rawValue))"
        var effects = tellAppointment(of: visit, .closed(code: code.rawValue, at: now))
        effects += settle(visit, as: .completed(code: code), text, .appointmentCompleted, at: now)
        switch code.consequence {
        case .resolves:
            effects.append(.arm(timer(.settleVisit), at: now + resolutionAfterVisit))
        case .workGoesOn, .needsAnotherVisit:
            if case .onHold = state { effects.append(goOn(because: text, by: .seller, at: now)) }
        case .waitsForBuyer:
            if case .inProgress = state { effects += wait(for: code.holdReason, because: text, at: now) }
        }
        return effects
    }
}
