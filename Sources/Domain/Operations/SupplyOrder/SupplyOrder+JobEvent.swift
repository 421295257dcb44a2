import FoundationEssentials

extension SupplyOrder {
    /// The partner reports on the job. A job that isn't the one under way has nothing more to say.
    mutating func note(_ event: JobEvent, of job: ID<InstallationJob>, at time: Date) -> [Effect] {
        guard job == openJob else { return [] }
        switch event {
        case .accepted, .assigned:
            return proceed(to: .preparing, at: time)

        case .enRoute, .onSite, .scanned, .provisioned, .provisionFailed:
            return proceed(to: .underWay, at: time)

        case .declined, .failedToSend:
            return waitForPartner(event, at: time)

        case .cancelled:
            openJob = nil
            return waitForPartner(event, at: time)

        case .cancellationRefused:
            // The visit goes on, and with it the order.
            return []
        }
    }

    /// The first event puts the order in progress; a later one never takes it back (the customer isn't told of
    /// either: decision 31). An order that was held for want of a partner goes on, and says so; one that is held for
    /// works goes on when they are done.
    private mutating func proceed(to stage: Stage, at time: Date) -> [Effect] {
        switch state {
        case .committed(let dates):
            state = .inProgress(dates: dates, stage: stage)
            return []

        case .inProgress(let dates, let reached):
            state = .inProgress(dates: dates, stage: reached == .underWay ? .underWay : stage)
            return []

        case .held(let dates, Self.noInstaller):
            state = .inProgress(dates: dates, stage: stage)
            return [inform(.resumed, at: time)]

        case .received, .acknowledged, .held, .awaitingInformation, .completed, .partial, .cancelled, .failed:
            return []
        }
    }

    /// No partner takes the job, or none can be reached: the order stands still, through no fault of the customer's.
    private mutating func waitForPartner(_ event: JobEvent, at time: Date) -> [Effect] {
        switch state {
        case .committed(let dates), .inProgress(let dates, _):
            let problem = Self.noInstaller
            state = .held(dates: dates, problem: problem)
            return [inform(.delay, problem: problem, "No installer has the job yet.", at: time)]

        case .received, .acknowledged, .held, .awaitingInformation, .completed, .partial, .cancelled, .failed:
            return []
        }
    }
}
