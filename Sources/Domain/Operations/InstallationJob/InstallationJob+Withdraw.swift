import FoundationEssentials

extension InstallationJob {
    /// The partner's code for a job that it doesn't know (G-132): then there is nothing left to cancel.
    static let unknownToPartner = -32001

    /// The order takes the job back, while nobody is on the way (§3.7, decision 30); by force, at any time.
    mutating func withdraw(reason: JobCancellation, isForced: Bool, at now: Date) -> [Effect] {
        switch state {
        case .open(let stage) where stage < .enRoute || isForced:
            state = .cancelRequested(reason: reason, stage: stage, isForced: isForced ? true : nil)
            return [tellPartner(.jobCancelled(reason: reason, placing: placing))]
        case .open, .closed:
            return [tellOrder(.cancellationRefused, at: now)]
        case .failedToSend:
            // The partner may have it after all, and must not come.
            let word = tellPartner(.jobCancelled(reason: reason, placing: placing))
            state = .cancelled(reason: reason, at: now)
            return [word, tellOrder(.cancelled, at: now)]
        case .declined:
            state = .cancelled(reason: reason, at: now)
            return [tellOrder(.cancelled, at: now)]
        case .cancelled:
            return [tellOrder(.cancelled, at: now)]
        case .cancelRequested(let reason, let stage, _):
            if isForced { state = .cancelRequested(reason: reason, stage: stage, isForced: true) }
            return []
        }
    }

    /// The operator's people call the visit off. Once the engineer has set out only by force: then it is off whatever
    /// the partner answers.
    package mutating func cancel(
        because reason: JobCancellation = .operatorWithdrawn,
        isForced: Bool = false,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        switch state {
        case .open(let stage) where stage >= .enRoute && !isForced:
            throw Rejection(
                .illegalTransition,
                "Job \(reference) is \(stateName): the engineer has set out, so it can be cancelled only by force."
            )
        case .open, .cancelRequested, .declined, .failedToSend:
            return withdraw(reason: reason, isForced: isForced, at: now)
        case .closed, .cancelled:
            throw Rejection(.illegalTransition, "Job \(reference) is \(stateName); there is nothing to cancel.")
        }
    }

    /// `cancelJob` is on its way, and its answer changes nothing.
    package var isCancelledByForce: Bool {
        guard case .cancelRequested(_, _, let isForced) = state else { return false }
        return isForced == true
    }

    mutating func confirmCancellation(at now: Date) -> [Effect] {
        switch state {
        case .cancelRequested(let reason, _, _):
            state = .cancelled(reason: reason, at: now)
            // Where the customer cancels, its order gives the appointment back itself.
            let visit = reason == .operatorWithdrawn ? tellAppointment(.cancelled) : []
            return silence + visit + [tellOrder(.cancelled, at: now)]
        case .open, .closed, .declined, .failedToSend, .cancelled:
            return []
        }
    }

    /// The partner wouldn't let go, or never answered: the visit goes on, and the order is told. By force it is
    /// off all the same.
    mutating func keep(afterRefusal code: Int?, at now: Date) -> [Effect] {
        switch state {
        case .cancelRequested(_, _, let isForced) where code == Self.unknownToPartner || isForced == true:
            return confirmCancellation(at: now)
        case .cancelRequested(_, let stage, _):
            state = .open(stage: stage)
            // The alarm may have come while nobody was waited for; and a partner that never answered may have let go.
            let watch = Effect.arm(timer(.noWord), at: pack.visit.slot.start + Self.patience)
            return (stage < .enRoute ? [watch] : []) + [tellOrder(.cancellationRefused, at: now)]
        case .open, .closed, .declined, .failedToSend, .cancelled:
            return []
        }
    }
}
