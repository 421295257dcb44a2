import FoundationEssentials

extension SupplyOrder {
    /// The operator commits itself to a day, and sends somebody (decision 30).
    ///
    /// The day is the agreed visit's, else the one the customer asked for, else the first that can be kept. Where a
    /// visit is needed and none was agreed, the order waits for the customer instead (G-051, T-020).
    mutating func commit(at now: Date) -> [Effect] {
        switch state {
        case .acknowledged:
            if request.visit == nil, request.visitNeed == .needed {
                let problem = "INVALID_REQUEST"
                state = .awaitingInformation(dates: nil, problem: problem)
                return [inform(.reappoint, problem: problem, "An engineer must visit: agree an appointment.", at: now)]
            }
            let day = request.visit?.slot.day ?? request.requestedCompletionDate ?? LondonTime.day(at: now)
            let dates = Commitment(committedDate: day, targetDate: day)
            state = .committed(dates: dates)
            let told = inform(.committed, at: now)
            if let visit = request.visit {
                return [told, dispatch(.install, slot: visit.slot, agreed: visit)]
            }
            return [told, startActivation(dates, at: now)]

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
            customer: request.contact,
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

    /// Nobody need come: the line is switched on from afar, and there is no way back (decision 30).
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
