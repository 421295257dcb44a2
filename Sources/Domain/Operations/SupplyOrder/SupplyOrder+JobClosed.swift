import FoundationEssentials

extension SupplyOrder {
    /// The job under way is closed; its code decides what becomes of the order (SM-04).
    mutating func close(with closure: JobClosure, job: ID<InstallationJob>, at time: Date) -> [Effect] {
        guard job == openJob else { return [] }
        switch state {
        case .committed(let dates), .inProgress(let dates, _), .held(let dates, _):
            let type = openJobType ?? .install
            openJob = nil
            let next = jobs < Self.jobNumbers - 1 ? NextVisit.after(closure, of: type) : nil
            return follow(closure, dates, next: next, at: time)

        case .received, .acknowledged, .awaitingInformation, .completed, .partial, .cancelled, .failed:
            return []
        }
    }

    private mutating func follow(
        _ closure: JobClosure,
        _ dates: Commitment,
        next: JobPack.JobType?,
        at time: Date
    ) -> [Effect] {
        let codes = Self.supplierCodes(of: closure)
        let words = closure.description
        switch ClosureEffect(of: closure.code.meaning) {
        case .completed where next != nil:
            return resume(with: next, dates, words, codes, at: time)

        case .completed:
            state = .completed(dates: dates, at: time)
            let doubt = closure.isDoubtful ? "SP without provisioning." : nil
            return [inform(.completed, doubt, codes: codes, at: time)]

        case .partial(let problem):
            state = .partial(dates: dates, at: time)
            return [inform(.completed, problem: problem, words, codes: codes, at: time)]

        case .reappoint(let problem):
            state = .awaitingInformation(dates: dates, problem: problem)
            return [inform(.reappoint, problem: problem, words, codes: codes, at: time)]

        case .askCustomer(let problem):
            state = .awaitingInformation(dates: dates, problem: problem)
            return [inform(.informationRequired, problem: problem, words, codes: codes, at: time)]

        case .hold(let problem):
            state = .held(dates: dates, problem: problem)
            let told = inform(.delay, problem: problem, words, codes: codes, at: time)
            guard let next, let slot = SlotCalendar.firstSlot(at: time) else { return [told] }
            return [told, dispatch(next, slot: slot)]

        case .nextJob:
            return resume(with: next, dates, words, codes, at: time)

        case .noVisitNeeded(let problem):
            let told = inform(.update, problem: problem, words, codes: codes, at: time)
            return [told, startActivation(dates, at: time)]
        }
    }

    /// Works are done, and the next visit follows on the first day that can be kept.
    private mutating func resume(
        with next: JobPack.JobType?,
        _ dates: Commitment,
        _ words: String?,
        _ codes: [String],
        at time: Date
    ) -> [Effect] {
        guard let slot = SlotCalendar.firstSlot(at: time) else {
            goOn(dates, on: dates.targetDate)
            return [inform(.resumed, words, codes: codes, at: time)]
        }
        goOn(dates, on: slot.day)
        let told = inform(.resumed, words, codes: codes, at: time)
        return [told] + (next.map { [dispatch($0, slot: slot)] } ?? [])
    }

    /// The raw codes, as they came; with a mark where the subscriber is owed automatic compensation (SM-04, FTA).
    private static func supplierCodes(of closure: JobClosure) -> [String] {
        let codes = [closure.code.raw] + (closure.secondary.map { [$0] } ?? [])
        return closure.code.meaning == .failedToAttend ? codes + ["AUTO_COMP"] : codes
    }
}
