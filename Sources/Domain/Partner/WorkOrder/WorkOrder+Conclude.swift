import FoundationEssentials

extension WorkOrder {
    /// Under which the operator has no such job with us, or not any more (G-132).
    private static let gone: Set<Int> = [-32001, -32005]

    /// What the operator made of a report: written beside its step, and where it ends the job, the end.
    mutating func conclude(_ sequence: Int64, _ reception: WorkOrderStep.Reception, at now: Date) -> [Effect] {
        guard let index = steps.firstIndex(where: { $0.sequence == sequence }) else { return [] }
        steps[index].reception = reception
        let happening = steps[index].happening
        switch reception {
        case .taken:
            settle()
        case .refused(let code?, let reason) where Self.gone.contains(code):
            lose(because: reason, at: now)
        case .refused, .givenUp:
            reopen(after: happening)
        case .untold, .underWay:
            break
        }
        return []
    }

    private mutating func settle() {
        switch state {
        case .closing(let report, _) where isTold: state = .closed(report: report)
        case .declining(let report, _) where isTold: state = .declined(reason: report.notes ?? report.code.raw)
        case .closing, .declining, .open, .closed, .declined, .cancelled: break
        }
    }

    /// The last message, which ends the job, was taken.
    private var isTold: Bool { steps.last { $0.sequence == reports }?.reception == .taken }

    private mutating func lose(because reason: String, at now: Date) {
        switch state {
        case .open, .closing, .declining:
            state = .cancelled(reason: .operatorWithdrawn, text: reason, at: now)
            remember(.cancelled, at: now, recorded: now)
        case .closed, .declined, .cancelled:
            break
        }
    }

    /// Back to where it was before a message that the operator would not have.
    private mutating func reopen(after happening: WorkOrderStep.Happening) {
        switch (state, happening) {
        case (.closing(_, let stage), .closed), (.declining(_, let stage), .declined):
            state = .open(stage: stage)
        case (.open(let stage), _) where stage <= .scanned:
            state = .open(stage: told)
            if told < .scanned { device = nil }
        case (.open, _), (.closing, _), (.declining, _), (.closed, _), (.declined, _), (.cancelled, _):
            break
        }
    }

    /// How far it has come by what the operator has taken, or may yet take.
    private var told: Stage {
        steps.filter { !$0.needsAttention }.compactMap(\.happening.stage).max() ?? .received
    }
}

extension WorkOrderStep.Happening {
    /// Which stage a step reaches by itself.
    fileprivate var stage: WorkOrder.Stage? {
        switch self {
        case .accepted, .progress: .accepted
        case .assigned: .assigned
        case .enRoute: .enRoute
        case .onSite: .onSite
        case .scanned: .scanned
        case .received, .declined, .result, .closed, .cancelled: nil
        }
    }
}
