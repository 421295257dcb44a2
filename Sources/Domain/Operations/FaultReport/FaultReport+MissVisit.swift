import FoundationEssentials

extension FaultReport {
    /// Engineer and end user did not meet (T-100). If the end user was the cause, the ticket waits (§3.4).
    package mutating func missVisit(cause: MissedVisit, because reason: String?, at now: Date) throws(Rejection)
        -> [Effect]
    {
        let visit = try visitToCome("miss")
        let text = reason ?? "Appointment missed"
        var effects = tellAppointment(of: visit, .closed(code: cause.code.rawValue, at: now))
        effects += settle(visit, as: .missed(cause: cause), text, .appointmentMissed, at: now)
        switch state {
        case .open, .inProgress:
            if cause.endUser {
                effects += wait(
                    for: .noAccess,
                    because: "Appointment missed by the end user: another is needed",
                    at: now
                )
            }
        case .pending, .rejected, .accepted, .onHold, .resolved, .reopened, .closed, .cancelled:
            break
        }
        return effects
    }
}

extension MissedVisit {
    /// The code that says the same of a visit (§3.6).
    var code: VisitClosureCode {
        if seller { return .failedToAttend }
        return endUser || endUserPreAgreed ? .noAccess : .beyondControl
    }
}
