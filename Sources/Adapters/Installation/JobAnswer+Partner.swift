import Domain
import Engine

extension JobAnswer {
    /// The code of a refusal that has none: JSON-RPC leaves it free.
    static let noCode = 0

    /// What the job hears of it.
    func telling(about message: Message, from job: ID<InstallationJob>) -> Telling? {
        switch (message, verdict) {
        case (.jobCreated(let placing), .taken(let number)):
            .installationJob(id: job, input: .partnerAnswered(providerJobId: number, placing: placing))
        case (.jobCreated(let placing), .refused(let code, let reason)):
            .installationJob(
                id: job,
                input: .partnerDeclined(code: code ?? Self.noCode, reason: reason, placing: placing)
            )
        case (.jobCancelled(_, let placing), .taken):
            .installationJob(id: job, input: .cancellationAcknowledged(placing: placing))
        case (.jobCancelled(_, let placing), .refused(let code, let reason)):
            .installationJob(
                id: job,
                input: .cancellationRefused(code: code ?? Self.noCode, reason: reason, placing: placing)
            )
        case (_, _):
            nil
        }
    }

    /// What the outbox makes of it, with what the entity hears.
    func outcome(_ telling: Telling?) -> Outcome {
        switch verdict {
        case .taken: .delivered(reply: telling)
        case .refused(let code?, let reason): .refused(reason: "\(code) \(reason)", reply: telling)
        case .refused(nil, let reason): .refused(reason: reason, reply: telling)
        case .turnedAway(let reason): .refused(reason: reason, reply: telling)
        case .retry(let reason, let after): .retry(reason: reason, after: after)
        case .unreachable(let reason): .unreachable(reason: reason)
        }
    }
}
