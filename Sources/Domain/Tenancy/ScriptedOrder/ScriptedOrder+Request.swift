import FoundationEssentials

extension ScriptedOrder {
    /// From a request to its decision (decision 23).
    private static let decision: TimeInterval = 5 * 60

    /// A tenant's amendment or cancellation: 202 and a decision, or 422. A cancellation takes an amendment's place.
    mutating func take(_ request: Request, _ id: ID<ChangeRequest>, at now: Date) -> [Effect] {
        switch state {
        case .ended:
            return [answer(.refused(problems: ["The order has ended."]), to: id)]
        case .playing, .awaitingTenant, .beyondReturn:
            guard cue.script.takesRequests else {
                return [answer(.refused(problems: ["By the script \(cue.script.rawValue)."]), to: id)]
            }
            asked = OpenRequest(id: id, request: request)
            let pause = cue.isBrisk ? OrderScriptCue.briskStep : Self.decision
            return [
                answer(.taken(reference: "SCR-\(self.id)-\(id)"), to: id), .arm(timer(.decide), at: now + pause),
            ]
        }
    }

    mutating func decide(at now: Date) -> [Effect] {
        guard let request = asked else { return [] }
        asked = nil
        switch (state, request.request) {
        case (.ended, _): return []
        case (.beyondReturn, .cancellation):
            return tell(Self.refusal(.cancellationRejected), answering: request, at: now) + goOn(at: now)
        case (.beyondReturn, .amendment), (.beyondReturn, .reappointment):
            return tell(Self.refusal(.amendmentRejected), answering: request, at: now) + goOn(at: now)
        case (.playing, .cancellation), (.awaitingTenant, .cancellation):
            return tell(ScriptedUpdate(reason: .cancelled), answering: request, at: now)
        case (.playing, .amendment), (.playing, .reappointment):
            return tell(ScriptedUpdate(reason: .amended), answering: request, at: now) + goOn(at: now)
        case (.awaitingTenant(let visit), .amendment), (.awaitingTenant(let visit), .reappointment):
            let effects = tell(ScriptedUpdate(reason: .amended), answering: request, at: now)
            guard !visit || request.request == .reappointment else { return effects }
            state = .playing
            return effects + playOn(at: now)
        }
    }

    /// The step that waited for the decision; one that is still to come has its timer.
    private mutating func goOn(at now: Date) -> [Effect] {
        rest.first?.after == 0 ? playOn(at: now) : []
    }

    private static func refusal(_ reason: SupplyUpdate.Reason) -> ScriptedUpdate {
        ScriptedUpdate(reason: reason, problemCode: .invalidRequest, text: "It is past the point of no return.")
    }

    private func answer(_ answer: ServiceOrder.RequestAnswer, to request: ID<ChangeRequest>) -> Effect {
        tellOrder(.requestAnswered(request: request, answer: answer))
    }
}
