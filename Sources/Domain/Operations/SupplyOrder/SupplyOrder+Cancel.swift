import FoundationEssentials

extension SupplyOrder {
    /// The customer withdraws the order. Refused past the point of no return: the engineer set out, or the line is
    /// being switched on (decision 30).
    package mutating func cancel(answering change: SupplyChange? = nil, at now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .received, .acknowledged, .committed, .inProgress(_, .preparing), .held, .awaitingInformation:
            let job = openJob
            openJob = nil
            state = .cancelled(at: now)
            var effects: [Effect] = [.disarm(timer(.commit)), .disarm(timer(.due))]
            if let job {
                effects.append(.tell(.installationJob(id: job, input: .withdrawn(reason: .customerCancelled))))
            }
            if let visit {
                effects.append(.tell(.appointment(id: visit.appointment, input: .cancelled)))
            }
            effects += tellLinkedOrder()
            return effects + [inform(.cancelled, problem: .customerChangedMind, answering: change, at: now)]

        case .inProgress(_, .underWay):
            throw Rejection(.illegalTransition, "Order \(reference) is past the point of no return.")

        case .completed, .partial, .cancelled, .failed:
            throw Rejection(.illegalTransition, "Order \(reference) is \(state.name): it is no longer open.")
        }
    }

    /// The operator gives the order up.
    package mutating func fail(because reason: String, problem: ProblemCode, at now: Date) throws(Rejection) -> [Effect]
    {
        switch state {
        case .received, .acknowledged, .committed, .inProgress, .held, .awaitingInformation:
            let job = openJob
            openJob = nil
            state = .failed(reason: reason, at: now)
            var effects: [Effect] = Alarm.allCases.map { .disarm(timer($0)) }
            if let job {
                effects.append(.tell(.installationJob(id: job, input: .withdrawn(reason: .operatorWithdrawn))))
            }
            effects += tellLinkedOrder()
            return effects + [inform(.terminated, problem: problem, reason, at: now)]

        case .completed, .partial, .cancelled, .failed:
            throw Rejection(.illegalTransition, "Order \(reference) is \(state.name): it is no longer open.")
        }
    }
}
