import FoundationEssentials

extension InstallationJob {
    /// One of the waits of provisioning is over. A job that was closed meanwhile has nothing to wait for.
    mutating func provision(on alarm: Alarm, at now: Date) -> [Effect] {
        guard stage != nil else { return [] }
        return switch alarm {
        case .push: follow(provisioning.pushed(answering: pack.headEnd, pace: pack.pace, at: now), at: now)
        case .retry: follow(provisioning.retry(pace: pack.pace, at: now), at: now)
        case .lightCheck: follow(provisioning.lightChecked(at: now), at: now)
        case .noWord: []
        }
    }

    /// What a step of provisioning means for the job: a result for the partner, a stage, an alarm.
    mutating func follow(_ step: Provisioning.Step, at now: Date) -> [Effect] {
        var effects: [Effect] = []
        if let result = step.result {
            effects.append(tellPartner(.provisioningResult(result)))
            switch result.outcome {
            case .provisioned:
                move(to: .provisioned)
            case .installSuccessful:
                effects.append(tellOrder(.provisioned, at: now))
            case .failed, .incorrectDeviceType, .incorrectFormat, .duplicateDevice:
                move(to: .provisionFailed)
                effects.append(tellOrder(.provisionFailed, at: now))
            case .retrying:
                break
            }
        }
        switch step.next {
        case .push(let time): effects.append(.arm(timer(.push), at: time))
        case .lightCheck(let time): effects.append(.arm(timer(.lightCheck), at: time))
        case .retry(let time): effects.append(.arm(timer(.retry), at: time))
        case nil: break
        }
        return effects
    }
}
