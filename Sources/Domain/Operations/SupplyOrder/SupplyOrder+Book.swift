import FoundationEssentials

extension SupplyOrder {
    /// When another visit takes place, and the appointment that holds it where somebody must be at home.
    package struct NextSlot: Equatable, Sendable {
        package let slot: TimeSlot
        package let agreed: SupplyRequest.AgreedVisit?

        package init(agreed: SupplyRequest.AgreedVisit) {
            slot = agreed.slot
            self.agreed = agreed
        }

        package init(onDateOf slot: TimeSlot) {
            self.slot = slot
            agreed = nil
        }
    }

    /// The operator's people send another visit: one that was agreed with the customer, or works outside on a date.
    ///
    /// It takes the place of a job that nobody took; of one that is under way it does not.
    package mutating func book(_ type: JobPack.JobType, _ next: NextSlot, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .held(let dates, let problem):
            guard openJob == nil || problem == Self.noInstaller else { throw stillOpen }
            return try send(type, next, dates, telling: .resumed, at: now)

        case .awaitingInformation(let dates?, _):
            return try send(type, next, dates, telling: .reappointed, at: now)

        case .received, .acknowledged, .committed, .inProgress, .awaitingInformation, .completed, .partial, .cancelled,
            .failed:
            throw Rejection(.illegalTransition, "Order \(reference) is \(state.name): it waits for no visit.")
        }
    }

    private mutating func send(
        _ type: JobPack.JobType,
        _ next: NextSlot,
        _ dates: Commitment,
        telling reason: SupplyUpdate.Reason,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        guard jobs < Self.jobNumbers - 1 else {
            throw Rejection(.illegalTransition, "Order \(reference) has had \(jobs) visits; it gets no more.")
        }
        var effects: [Effect] = []
        if let openJob {
            effects.append(.tell(.installationJob(id: openJob, input: .withdrawn(reason: .reappointed))))
        }
        goOn(dates, on: next.slot.day)
        let job = dispatch(type, slot: next.slot, agreed: next.agreed)
        return effects + [inform(reason, "A visit is booked for \(next.slot.day).", at: now), job]
    }

    /// In progress again, with the day on which it is now expected; what was promised stays (F-024).
    mutating func goOn(_ dates: Commitment, on day: CivilDate) {
        var dates = dates
        dates.targetDate = max(dates.targetDate, day)
        state = .inProgress(dates: dates, stage: .preparing)
    }

    private var stillOpen: Rejection {
        Rejection(.illegalTransition, "Order \(reference) has a visit under way: cancel that first.")
    }
}
