import Domain
import FoundationEssentials

/// What the automatic engineer means to do next about a job of the installer's book. It has the job's number.
///
///     planned ─its time─▶ done in the book ─▶ planned … waiting ─the operator's word─▶ planned(close) … over
///        ▲  └─by hand─▶ idle                     └─ refused by the operator ─▶ stuck
///        └──automatic────┘
struct PlayedVisit: Aggregate {
    enum State: Codable, Equatable, Sendable {
        /// Nothing by itself: somebody plays the engineer by hand.
        case idle
        case planned(event: VisitEvent, at: Date)
        /// For the operator's word on the box.
        case waiting
        case over
        /// The operator refused what was told; an automatic engineer knows no other.
        case stuck(reason: String)
    }

    enum Input: Codable, Equatable, Sendable { case none }
    enum Alarm: String, CaseIterable, Sendable {
        /// The next step of the day.
        case step
    }

    static let kind = Kind.playedVisit

    let id: ID<PlayedVisit>
    let scenario: Scenario
    let timetable: Pace
    let created: Date
    var updated: Date
    private(set) var state = State.idle
    /// The last message that was told by itself.
    private var told: Int64 = 0

    init(of order: WorkOrder, scenario: Scenario, pace: Pace, at now: Date) {
        id = Self.id(of: order)
        self.scenario = scenario
        timetable = pace
        created = now
        updated = now
    }

    static func id(of order: WorkOrder) -> ID<PlayedVisit> { ID(order.id.number) }
    var order: ID<WorkOrder> { ID(id.number) }
    var story: VisitStory { VisitStory(scenario: scenario) }

    var owner: Owner { .partner("installer") }
    var conversation: ConversationID { ConversationID("visit-\(id)") }

    var stateName: String {
        switch state {
        case .idle: "idle"
        case .planned: "planned"
        case .waiting: "waiting"
        case .over: "over"
        case .stuck: "stuck"
        }
    }

    mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] { [] }

    /// Only the stage acts on an alarm, for it needs the book.
    mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }

    /// The step that is due.
    func due(at now: Date) -> VisitEvent? {
        guard case .planned(let event, let due) = state, due <= now else { return nil }
        return event
    }

    /// It was done, and its message written down.
    mutating func did(_ order: WorkOrder) { told = order.reports }

    /// From automatic to manual: what was planned is not done.
    mutating func pause() -> [Effect] {
        switch state {
        case .planned, .waiting: state = .idle
        case .idle, .over, .stuck: break
        }
        return [.disarm(timer(.step))]
    }

    /// From manual to automatic: what comes next, if anything does.
    mutating func takeUp(_ order: WorkOrder, at now: Date) -> [Effect] {
        guard state == .idle else { return [] }
        state = .waiting
        return goOn(in: order, at: now)
    }

    /// Looks at the book again: after a step, and after a word of the operator's.
    mutating func goOn(in order: WorkOrder, at now: Date) -> [Effect] {
        switch state {
        case .idle, .over, .stuck: return []
        case .planned, .waiting: break
        }
        if let reason = refusal(in: order) {
            state = .stuck(reason: reason)
        } else if order.stage == nil {
            state = .over
        } else if let event = story.next(in: order) {
            // Planned already: its time stays, or looking again would put it off for ever.
            if case .planned(event, _) = state { return [] }
            let due = Timetable(pace: timetable)
                .due(event, slot: order.pack.visit.slot, arrived: order.arrived, scenario: scenario, now: now)
            state = .planned(event: event, at: due)
            return [.arm(timer(.step), at: due)]
        } else {
            state = .waiting
        }
        return [.disarm(timer(.step))]
    }

    /// What the operator said against the last message that was told by itself.
    private func refusal(in order: WorkOrder) -> String? {
        switch order.steps.last(where: { $0.sequence == told })?.reception {
        case .refused(_, let reason), .givenUp(let reason): reason
        case .untold, .underWay, .taken, nil: nil
        }
    }
}

extension WorkOrder {
    /// When the engineer came on site.
    var arrived: Date? { steps.last { $0.happening == .onSite }?.at }
}
