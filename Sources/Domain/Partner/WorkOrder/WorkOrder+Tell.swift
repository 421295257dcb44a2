import FoundationEssentials

extension WorkOrder {
    /// A step of ours: kept, and told to the operator. One that belongs to an earlier stage moves nothing.
    mutating func tell(
        _ news: JobReport.News,
        as happening: WorkOrderStep.Happening,
        reaching target: Stage,
        at time: Date,
        location: Location? = nil,
        answers given: [QuestionAnswer] = [],
        now: Date
    ) throws(Rejection) -> [Effect] {
        let stage = try goingOn(happening == .scanned ? .provisioning : .onTheWay, adding: given)
        if target > stage { state = .open(stage: target) }
        answers += given
        return report(news, as: happening, at: time, location: location, answers: given, now: now)
    }

    /// The stage of a job to which something may still happen.
    func goingOn(_ room: VisitRoom, adding given: [QuestionAnswer] = []) throws(Rejection) -> Stage {
        guard let stage else {
            throw Rejection(.illegalTransition, "Job \(reference) is \(stateName); nothing more can happen to it.")
        }
        try room.check(after: steps.count, answers: answers, adding: given, to: reference)
        return stage
    }

    mutating func report(
        _ news: JobReport.News,
        as happening: WorkOrderStep.Happening,
        at time: Date,
        location: Location? = nil,
        answers: [QuestionAnswer] = [],
        now: Date
    ) -> [Effect] {
        reports += 1
        remember(
            happening,
            at: time,
            recorded: now,
            sequence: reports,
            location: location,
            reception: .underWay
        )
        let report = JobReport(sequence: reports, at: time, news: news, answers: answers)
        return [.send(.jobReport(report), to: .dispatcher(id: dispatcher))]
    }

    mutating func remember(
        _ happening: WorkOrderStep.Happening,
        at time: Date,
        recorded now: Date,
        sequence: Int64? = nil,
        location: Location? = nil,
        reception: WorkOrderStep.Reception = .untold
    ) {
        steps.append(
            WorkOrderStep(
                happening: happening,
                at: time,
                recorded: now,
                sequence: sequence,
                location: location,
                reception: reception
            )
        )
    }
}
