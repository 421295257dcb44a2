import FoundationEssentials

extension InstallationJob {
    /// Takes in a message of the partner: keeps it, and moves on to its stage, filling in what was skipped.
    ///
    /// One that belongs to an earlier stage is kept and moves nothing (§3.7).
    mutating func advance(
        to target: Stage,
        as happening: JobStep.Happening,
        by report: PartnerReport,
        location: Location? = nil,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        guard let stage = stageOfPartner else {
            throw Rejection(.illegalTransition, "Job \(reference) is \(stateName); nothing more can happen to it.")
        }
        try happening.room.check(after: history.count, answers: answers, adding: report.answers, to: reference)
        adopt(report.providerJobId)
        var effects = revive()
        for passed in Self.told where passed.stage > stage && passed.stage <= target {
            if passed.happening != happening {
                remember(passed.happening, at: report.eventTime, received: now, isBackfilled: true)
            }
            effects.append(tellOrder(passed.event, at: report.eventTime))
            if passed.stage == .onSite { effects += tellAppointment(.attended(at: report.eventTime)) }
        }
        remember(happening, at: report.eventTime, received: now, sequence: report.sequence, location: location)
        answers += report.answers
        effects += seek(report.answers.flatMap(\.files))
        // The engineer's word has come.
        if stage < .enRoute, target >= .enRoute { effects.append(.disarm(timer(.noWord))) }
        if target > stage { move(to: target) }
        return effects
    }

    /// The partner speaks of a job that could not be sent: it has it after all.
    private mutating func revive() -> [Effect] {
        guard case .failedToSend = state else { return [] }
        state = .open(stage: .created)
        return [.arm(timer(.noWord), at: pack.visit.slot.start + Self.patience)]
    }

    /// The stages that a partner's messages reach, and what the order hears of each. The scan tells its own.
    private static let told: [(stage: Stage, happening: JobStep.Happening, event: JobEvent)] = [
        (.accepted, .accepted, .accepted),
        (.assigned, .assigned, .assigned),
        (.enRoute, .enRoute, .enRoute),
        (.onSite, .onSite, .onSite),
    ]

    /// Keeps a step in its place by its own time; of equal times, in the order of arrival.
    mutating func remember(
        _ happening: JobStep.Happening,
        at time: Date,
        received now: Date,
        isBackfilled: Bool = false,
        sequence: Int64? = nil,
        location: Location? = nil
    ) {
        let step = JobStep(
            happening: happening,
            at: time,
            received: now,
            isBackfilled: isBackfilled,
            sequence: sequence,
            location: location
        )
        let place = history.lastIndex { $0.at <= time }.map { $0 + 1 } ?? 0
        history.insert(step, at: place)
    }

    /// Goes to a stage, whether or not a cancellation is under way.
    mutating func move(to stage: Stage) {
        switch state {
        case .open: state = .open(stage: stage)
        case .cancelRequested(let reason, _, let isForced):
            state = .cancelRequested(reason: reason, stage: stage, isForced: isForced)
        case .closed, .declined, .failedToSend, .cancelled: break
        }
    }

    mutating func remark(_ remark: JobRemark) {
        if !remarks.contains(remark) { remarks.append(remark) }
    }

    /// The first number that the partner gave stays; another one is only noted.
    private mutating func adopt(_ given: String) {
        if providerJobId == nil { providerJobId = given }
        if providerJobId?.isExactly(given) != true { remark(.otherProviderJobId(given: given)) }
    }
}

extension JobStep.Happening {
    /// Which part of a job's room a message of the partner's takes.
    fileprivate var room: VisitRoom {
        switch self {
        case .accepted, .assigned, .enRoute, .onSite, .progress: .onTheWay
        case .scanned: .provisioning
        case .closed: .end
        }
    }
}
