import FoundationEssentials

extension LineTest {
    /// What a test that was just taken on sets going: the line is measured after the house's pace (decision 23).
    package var startedEffects: [Effect] {
        [.arm(timer(.measured), at: created + pace.lineTest)]
    }

    /// The line was measured: the customer is told (G-101).
    mutating func complete(at now: Date) -> [Effect] {
        switch state {
        case .inProgress:
            state = .completed(result: .measured(problemType, at: now))
            return [inform(.completed, at: now)]

        case .completed, .failed:
            return []
        }
    }

    /// The line could not be measured; the customer must ask again.
    mutating func abandon(because reason: String, at now: Date) -> [Effect] {
        switch state {
        case .inProgress:
            state = .failed(reason: reason)
            return [.disarm(timer(.measured)), inform(.terminated, problem: .networkUnavailable, reason, at: now)]

        case .completed, .failed:
            return []
        }
    }

    private mutating func inform(
        _ reason: SupplyUpdate.Reason,
        problem: ProblemCode? = nil,
        _ text: String? = nil,
        at time: Date
    ) -> Effect {
        updates += 1
        let update = SupplyUpdate(sequence: updates, reason: reason, issuedOn: time, problemCode: problem, text: text)
        return .send(.supplyUpdate(update), to: .customer(id: customer))
    }
}
