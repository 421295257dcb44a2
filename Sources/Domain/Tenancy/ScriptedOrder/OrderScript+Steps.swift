import FoundationEssentials

extension OrderScriptCue {
    private static let minute: TimeInterval = 60
    private static let hour: TimeInterval = 3_600
    static let day: TimeInterval = 86_400
    /// On the wall's clock (decision 23).
    static let briskStep: TimeInterval = 0.2
    /// Within what a gateway waits for an update that is missing (G-079), and beyond it.
    private static let withinWindow: TimeInterval = 1
    private static let beyondWindow: TimeInterval = 10

    /// All that the supplier does by itself, in its order.
    package var steps: [ScriptedStep] {
        switch script {
        case .completes, .pointOfNoReturn, .refusesRequests, .answersLate, .unanswered:
            let noReturn = script == .pointOfNoReturn ? [step(after: 0, .passPointOfNoReturn)] : []
            return [acknowledged, committed()] + noReturn + [completed()]
        case .committedAtOnce: return [step(after: 0, .acknowledge(isCommitted: true)), completed()]
        case .acknowledgedLater: return [accepted, update(after: Self.hour, .acknowledged), committed(), completed()]
        case .rejected: return [step(after: 0, .reject)]
        case .rejectedLater: return [accepted, problem(after: Self.minute, .orderRejected, .invalidRequest)]
        case .delayed:
            let resumed = update(after: Self.day, .resumed)
            return [acknowledged, committed(), delay, resumed, completed(daysMore: 1)]
        case .informationRequired: return question(.informationRequired, .customerChangedMind, visit: false)
        case .reappoint: return question(.reappoint, .accessIssue, visit: true)
        case .partial: return [acknowledged, committed(), completed(as: .partial, .installFailed)]
        case .terminated:
            return [acknowledged, committed(), problem(after: span, .terminated, .additionalWork, .failed)]
        case .withdrawn: return [acknowledged, committed(), problem(after: span, .cancelled, .supplierIssue)]
        case .outOfOrder:
            let early = ScriptedUpdate(reason: .update, place: .leavingOneOut, text: "The second, sent first.")
            let first = ScriptedUpdate(reason: .update, place: .leftOut, text: "The first, sent second.")
            return [acknowledged, committed(), tell(early), exactly(Self.withinWindow, first), completed()]
        case .doubled: return [acknowledged, committed(copies: 2), completed(copies: 2)]
        case .missingUpdate:
            return [acknowledged, committed(), completed(place: .leavingOneOut)]
        case .lateUpdate:
            let early = ScriptedUpdate(reason: .update, place: .leavingOneOut, text: "The second, sent first.")
            let late = ScriptedUpdate(reason: .update, place: .leftOut, text: "The first, sent too late.")
            return [acknowledged, committed(), tell(early), exactly(Self.beyondWindow, late), completed()]
        case .silent: return [acknowledged]
        }
    }

    /// From the commitment to the end.
    private var span: TimeInterval { TimeInterval(days) * Self.day }

    private var accepted: ScriptedStep { step(after: 0, .accept) }
    private var acknowledged: ScriptedStep { step(after: 0, .acknowledge(isCommitted: false)) }

    private func committed(copies: Int = 1) -> ScriptedStep {
        step(after: Self.minute, .tell(update: ScriptedUpdate(reason: .committed, copies: copies)))
    }

    private func completed(
        daysMore: Int = 0,
        as ending: SupplierNews.Ending = .completed,
        _ problemCode: ProblemCode? = nil,
        place: ScriptedUpdate.Place = .next,
        copies: Int = 1
    ) -> ScriptedStep {
        let update = ScriptedUpdate(
            reason: .completed,
            place: place,
            copies: copies,
            problemCode: problemCode,
            ending: ending
        )
        return step(after: span + TimeInterval(daysMore) * Self.day, .tell(update: update))
    }

    private var delay: ScriptedStep {
        let text = "The crew is on another site."
        let update = ScriptedUpdate(reason: .delay, problemCode: .supplierIssue, text: text, days: 2)
        return step(after: Self.hour, .tell(update: update))
    }

    /// The order waits for the tenant, and is done as long after its answer as it would have been.
    private func question(_ reason: SupplyUpdate.Reason, _ problemCode: ProblemCode, visit: Bool) -> [ScriptedStep] {
        [
            acknowledged, committed(), problem(after: Self.hour, reason, problemCode),
            step(after: 0, .awaitTenant(visit: visit)), completed(),
        ]
    }

    private func problem(
        after seconds: TimeInterval,
        _ reason: SupplyUpdate.Reason,
        _ problemCode: ProblemCode,
        _ ending: SupplierNews.Ending? = nil
    ) -> ScriptedStep {
        let text = "By the script \(script.rawValue)."
        let update = ScriptedUpdate(reason: reason, problemCode: problemCode, text: text, ending: ending)
        return step(after: seconds, .tell(update: update))
    }

    private func update(after seconds: TimeInterval, _ reason: SupplyUpdate.Reason) -> ScriptedStep {
        step(after: seconds, .tell(update: ScriptedUpdate(reason: reason)))
    }

    private func tell(_ update: ScriptedUpdate) -> ScriptedStep { step(after: Self.minute, .tell(update: update)) }

    /// However brisk the rest is: it is measured against the gateway's patience.
    private func exactly(_ seconds: TimeInterval, _ update: ScriptedUpdate) -> ScriptedStep {
        ScriptedStep(after: seconds, act: .tell(update: update))
    }

    private func step(after seconds: TimeInterval, _ act: ScriptedStep.Act) -> ScriptedStep {
        ScriptedStep(after: isBrisk ? min(seconds, Self.briskStep) : seconds, act: act)
    }
}
