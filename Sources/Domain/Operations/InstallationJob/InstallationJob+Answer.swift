import FoundationEssentials

extension InstallationJob {
    /// The partner has taken `createJob`. A message of its own may have come sooner and counted as this (decision 4).
    mutating func answer(providerJobId given: String?, at now: Date) -> [Effect] {
        switch state {
        case .open(let stage), .cancelRequested(_, let stage):
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

    /// The partner refuses the job. Once it has told us of its engineer, it has taken it all the same.
    mutating func decline(code: Int, reason: String, at now: Date) -> [Effect] {
        switch state {
        case .open(let stage) where stage <= .sent:
            state = .declined(code: code, reason: reason)
            return [tellOrder(.declined, at: now)]
        case .cancelRequested(let cancellation, let stage) where stage <= .sent:
            state = .cancelled(reason: cancellation, at: now)
            return [tellOrder(.cancelled, at: now)]
        case .open, .cancelRequested, .closed, .declined, .failedToSend, .cancelled:
            return []
        }
    }

    /// `createJob` was tried for as long as is promised. It only alerts if the partner has spoken since.
    mutating func fail(reason: String, at now: Date) -> [Effect] {
        switch state {
        case .open(.created):
            state = .failedToSend(reason: reason)
            return [tellOrder(.failedToSend, at: now)]
        case .cancelRequested(let cancellation, .created):
            state = .cancelled(reason: cancellation, at: now)
            return [tellOrder(.cancelled, at: now)]
        case .open, .cancelRequested, .closed, .declined, .failedToSend, .cancelled:
            return []
        }
    }
}
