import FoundationEssentials

extension FaultReport {
    /// The desk says that the fault is gone; the buyer has 48 hours to object (T-016).
    package mutating func resolve(because reason: String, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .inProgress, .onHold:
            guard openVisit == nil else { throw refusal("an engineer is still to come") }
            return [.disarm(timer(.settleVisit))] + resolve(because: reason, byVisit: false, at: now)

        case .resolved(let at, byVisit: true, let closesAt):
            // The visit said so already; the desk adds its own words, once.
            state = .resolved(at: at, byVisit: false, closesAt: closesAt)
            guard reason != statusReason else { return [] }
            statusReason = reason
            note(reason, by: .seller, at: now)
            return [notify(.amended, at: now)]

        case .pending, .rejected, .accepted, .open, .resolved, .reopened, .closed, .cancelled:
            throw refusal("only one in progress or on hold can be resolved")
        }
    }

    /// The visit that mended the line has ended, and the desk had nothing to add.
    mutating func settleVisit(at now: Date) -> [Effect] {
        switch state {
        case .inProgress, .onHold:
            guard openVisit == nil else { return [] }
            return resolve(because: "Fault resolved at the visit (FR)", byVisit: true, at: now)

        case .pending, .rejected, .accepted, .open, .resolved, .reopened, .closed, .cancelled:
            return []
        }
    }

    mutating func resolve(because reason: String, byVisit: Bool, at now: Date) -> [Effect] {
        let closesAt = now + Self.answerPeriod
        clock.resume(at: now)
        clock.resolved = now
        return [
            reach(.resolved(at: now, byVisit: byVisit, closesAt: closesAt), because: reason, at: now),
            .arm(timer(.close), at: closesAt),
        ]
    }
}
