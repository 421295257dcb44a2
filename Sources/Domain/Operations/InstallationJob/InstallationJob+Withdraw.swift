import FoundationEssentials

extension InstallationJob {
    /// The partner's code for a job that it doesn't know (G-132): then there is nothing left to cancel.
    static let unknownToPartner = -32001

    /// The order takes the job back, while nobody is on the way (§3.7, decision 30).
    mutating func withdraw(reason: JobCancellation, at now: Date) -> [Effect] {
        switch state {
        case .open(let stage) where stage < .enRoute:
            state = .cancelRequested(reason: reason, stage: stage)
            return [tellPartner(.jobCancelled(reason: reason))]
        case .open, .closed:
            return [tellOrder(.cancellationRefused, at: now)]
        case .declined, .failedToSend, .cancelled:
            return [tellOrder(.cancelled, at: now)]
        case .cancelRequested:
            return []
        }
    }

    mutating func confirmCancellation(at now: Date) -> [Effect] {
        switch state {
        case .cancelRequested(let reason, _):
            state = .cancelled(reason: reason, at: now)
            return silence + [tellOrder(.cancelled, at: now)]
        case .open, .closed, .declined, .failedToSend, .cancelled:
            return []
        }
    }

    /// The partner wouldn't let go, or never answered: the visit goes on, and the order is told.
    mutating func keep(afterRefusal code: Int?, at now: Date) -> [Effect] {
        switch state {
        case .cancelRequested where code == Self.unknownToPartner:
            return confirmCancellation(at: now)
        case .cancelRequested(_, let stage):
            state = .open(stage: stage)
            return [tellOrder(.cancellationRefused, at: now)]
        case .open, .closed, .declined, .failedToSend, .cancelled:
            return []
        }
    }
}
