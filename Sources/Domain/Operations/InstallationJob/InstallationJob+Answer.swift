import FoundationEssentials

extension InstallationJob {
    /// The partner has taken `createJob`. A message of its own may have come sooner and counted as this (decision 4).
    mutating func answer(providerJobId given: String?, at now: Date) -> [Effect] {
        switch state {
        case .open(let stage), .cancelRequested(_, let stage, _):
            if providerJobId == nil { providerJobId = given }
            if stage < .accepted, given != nil {
                remember(.accepted, at: now, received: now)
                move(to: .accepted)
                return [tellOrder(.accepted, at: now)]
            }
            if stage < .sent { move(to: .sent) }
            return []
        case .closed, .declined, .failedToSend, .cancelled:
            return []
        }
    }

    /// The partner refuses the job: it goes to the next that can (§3.7). Once it has told us of its engineer, it has
    /// taken it all the same.
    mutating func decline(code: Int, reason: String, at now: Date) -> [Effect] {
        switch state {
        case .open(let stage) where stage <= .sent:
            leave()
            state = .declined(code: code, reason: reason)
            return silence + [wantsPartner]
        case .cancelRequested(let cancellation, let stage, _) where stage <= .sent:
            state = .cancelled(reason: cancellation, at: now)
            return silence + [tellOrder(.cancelled, at: now)]
        case .open, .cancelRequested, .closed, .declined, .failedToSend, .cancelled:
            return []
        }
    }

    /// `createJob` was tried for as long as is promised: an alarm, for the partner may have it after all, so nobody else
    /// gets it without a person's word. It means nothing if the partner has spoken since.
    mutating func fail(reason: String, at now: Date) -> [Effect] {
        switch state {
        case .open(.created):
            state = .failedToSend(reason: reason)
            let alert = Alert(.jobFailedToSend, "Job \(reference) could not be sent to partner \(partner): \(reason)")
            return silence + [tellOrder(.failedToSend, at: now), .alert(alert)]
        case .cancelRequested(let cancellation, .created, _):
            state = .cancelled(reason: cancellation, at: now)
            return silence + [tellOrder(.cancelled, at: now)]
        case .open, .cancelRequested, .closed, .declined, .failedToSend, .cancelled:
            return []
        }
    }
}
