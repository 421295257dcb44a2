import FoundationEssentials

extension SupplyOrder {
    /// The operator commits itself to a day, and sends somebody (decision 30).
    ///
    /// The day is the agreed visit's, else the one the customer asked for, else the first that can be kept. Where a
    /// visit is needed and none was agreed, the order waits for the customer instead (G-051, T-020). Where nobody need
    /// come, the line is switched on its day and not before.
    mutating func commit(at now: Date) -> [Effect] {
        switch state {
        case .acknowledged:
            if visit == nil, request.visitNeed == .needed {
                let problem = ProblemCode.invalidRequest
                state = .awaitingInformation(dates: nil, problem: problem)
                return [inform(.reappoint, problem: problem, "An engineer must visit: agree an appointment.", at: now)]
            }
            let today = LondonTime.day(at: now)
            let day = visit?.slot.day ?? max(request.requestedCompletionDate ?? today, today)
            let dates = Commitment(committedDate: day, targetDate: day)
            state = .committed(dates: dates)
            let told = inform(.committed, at: now)
            if let visit {
                return [told, dispatch(firstJob, slot: visit.slot, agreed: visit)]
            }
            return [told, activation(on: day, dates, at: now)]

        case .received, .committed, .inProgress, .held, .awaitingInformation, .completed, .partial, .cancelled,
            .failed:
            return []
        }
    }

    /// Sends the next job of the order to a partner.
    ///
    /// - Parameter agreed: the appointment that it keeps; `nil` where nobody need be at home.
    mutating func dispatch(
        _ type: JobPack.JobType,
        slot: TimeSlot,
        agreed: SupplyRequest.AgreedVisit? = nil
    ) -> Effect {
        jobs += 1
        let job = ID<InstallationJob>(id.number * Self.jobNumbers + jobs)
        openJob = job
        openJobType = type
        if let agreed, agreed != request.visit { latestVisit = agreed }
        let pack = JobPack(
            supplyOrder: id,
            appointment: agreed?.appointment,
            partner: request.partner,
            conversation: conversation,
            jobType: type,
            serviceID: serviceID,
            orderReference: reference,
            productName: request.specification.id,
            visit: JobPack.Visit(key: agreed?.key ?? "\(reference)-\(jobs)", slot: slot),
            customer: request.contact ?? Contact(name: "The customer of \(serviceID)", phoneNumber: nil),
            address: request.address,
            addressLines: request.addressLines,
            postcode: request.postcode,
            engineerTasks: request.engineerTasks,
            site: request.site,
            headEnd: request.pace.headEnd ?? [],
            pace: request.pace
        )
        return .tell(.installationJob(id: job, input: .dispatched(pack: pack)))
    }

    /// How many job numbers each order has: its jobs are `order × 100 + 1`, `+ 2` …
    static let jobNumbers: Int64 = 100

    /// A line that is there already is visited again.
    var firstJob: JobPack.JobType { request.service == nil ? .install : .revisit }

    /// Switching from afar: now, or in the morning of a later day.
    mutating func activation(on day: CivilDate, _ dates: Commitment, at now: Date) -> Effect {
        guard request.pace.visits == .atTheirSlot, day > LondonTime.day(at: now),
            let morning = LondonTime.date(day, hour: Self.switchingHour)
        else { return startActivation(dates, at: now) }
        return .arm(timer(.due), at: morning)
    }

    /// When a day's switching begins, by London's clock: there are people about should it go wrong.
    static let switchingHour = 8

    /// The day has come.
    mutating func activate(at now: Date) -> [Effect] {
        switch state {
        case .committed(let dates) where openJob == nil, .inProgress(let dates, .preparing) where openJob == nil:
            return [startActivation(dates, at: now)]

        case .received, .acknowledged, .committed, .inProgress, .held, .awaitingInformation, .completed, .partial,
            .cancelled, .failed:
            return []
        }
    }

    /// Nobody need come: the line is switched from afar, and there is no way back (decision 30).
    mutating func startActivation(_ dates: Commitment, at now: Date) -> Effect {
        state = .inProgress(dates: dates, stage: .underWay)
        return .arm(timer(.activated), at: now + request.pace.provisioning + request.pace.lightCheck)
    }

    mutating func finishActivation(at now: Date) -> [Effect] {
        switch state {
        case .inProgress(let dates, _) where openJob == nil:
            state = .completed(dates: dates, at: now)
            return [inform(.completed, at: now)]

        case .received, .acknowledged, .committed, .inProgress, .held, .awaitingInformation, .completed, .partial,
            .cancelled, .failed:
            return []
        }
    }
}
