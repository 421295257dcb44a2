import Domain
import FoundationEssentials

/// A job as the simulated installer keeps it: which step of the engineer's day comes next, and which is being told.
///
///     planned ─its time─▶ reporting ─taken─▶ planned … waiting-for-light ─results 1, 2─▶ planned(close) … closed
///        ▲  └─by hand─▶ idle │ ▲ └─refused─▶ stuck
///        └──automatic────┘   └─┘ no answer: again
struct PlayedVisit: Aggregate {
    enum State: Codable, Equatable, Sendable {
        /// Nothing by itself: somebody plays the engineer by hand.
        case idle
        case planned(event: VisitEvent, at: Date)
        case reporting(report: VisitReport)
        /// Scanned; the operator has yet to say that the line gives light.
        case waitingForLight
        case closed(code: String)
        case declined
        case cancelled
        /// The operator refused a message; an automatic engineer knows no other.
        case stuck(reason: String)
    }

    enum Input: Codable, Equatable, Sendable {
        /// The operator's `notifyJob`: result 1 to 7 (I-041).
        case provisioningTold(result: Int)
        /// The operator's `cancelJob`.
        case withdrawn
    }

    enum Alarm: String, CaseIterable, Sendable {
        /// The next step of the day.
        case step
        /// A message is on its way, or must be sent again.
        case send
    }

    static let kind = Kind.playedVisit
    static let refLookup = "ref"
    /// A partner tries again after this; the operator dedupes by the message's id.
    static let sendAgainAfter: TimeInterval = 1

    let id: ID<PlayedVisit>
    /// The operator's name for the job.
    let ref: String
    let slot: TimeSlot?
    /// Of the box that the operator wants.
    let vendor: String
    let scenario: Scenario
    let timetable: Pace
    let created: Date
    var updated: Date
    private(set) var state = State.idle
    /// What it goes back to if a message given by hand is refused.
    private var before = State.idle
    /// What the operator has taken, in order.
    private(set) var done: [VisitEvent] = []
    private(set) var arrived: Date?
    private(set) var results: [Int] = []

    init(
        id: ID<PlayedVisit>,
        ref: String,
        slot: TimeSlot?,
        vendor: String = "NOKIA",
        scenario: Scenario,
        pace: Pace,
        at now: Date
    ) {
        self.id = id
        self.ref = ref
        self.slot = slot
        self.vendor = vendor
        self.scenario = scenario
        timetable = pace
        created = now
        updated = now
    }

    var owner: Owner { .partner("installer") }
    var conversation: ConversationID { ConversationID(ref) }
    var lookups: [Lookup] { [Lookup(Self.refLookup, ref, isUnique: true)] }

    /// The installer's own number for it.
    var providerJobId: String { "INST-\(id)" }

    var stateName: String {
        switch state {
        case .idle: "idle"
        case .planned: "planned"
        case .reporting: "reporting"
        case .waitingForLight: "waiting-for-light"
        case .closed: "closed"
        case .declined: "declined"
        case .cancelled: "cancelled"
        case .stuck: "stuck"
        }
    }

    mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .provisioningTold(let result): learn(result, at: now)
        case .withdrawn: try withdraw()
        }
    }

    /// Only the stage's own functions act on an alarm, for they need numbers.
    mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }

    // MARK: The job comes and goes

    /// The pack has come: the day is planned, or the pack is refused.
    mutating func take(in mode: Behaviour.Mode, at now: Date) -> [Effect] {
        if scenario == .declined {
            state = .declined
            return []
        }
        return mode == .automatic ? plan(.assign, at: now) : []
    }

    /// The operator takes the job back. Once the engineer is there, it is too late.
    private mutating func withdraw() throws(Rejection) -> [Effect] {
        switch state {
        case .cancelled:
            return []
        case .closed, .declined:
            throw Rejection(.illegalTransition, "The visit is \(stateName).")
        case .idle, .planned, .reporting, .waitingForLight, .stuck:
            guard arrived == nil else { throw Rejection(.illegalTransition, "The engineer is on site.") }
            state = .cancelled
            return [.disarm(timer(.step)), .disarm(timer(.send))]
        }
    }

    private mutating func learn(_ result: Int, at now: Date) -> [Effect] {
        results.append(result)
        return state == .waitingForLight && hasLight ? plan(.close, at: now) : []
    }

    // MARK: The day

    /// Puts a step into words and makes it the one that is being told.
    mutating func begin(
        _ event: VisitEvent,
        number: Int64,
        words: VisitWords = VisitWords(),
        byHand isByHand: Bool = false,
        at now: Date
    ) -> [Effect] {
        before = state
        state = .reporting(
            report: VisitReport(number: number, event: event, at: now, words: words, isByHand: isByHand)
        )
        // Due at once, so that a kill between this commit and the answer is made good at the next start.
        return [.disarm(timer(.step)), .arm(timer(.send), at: now)]
    }

    /// The operator took what was told.
    mutating func taken(_ report: VisitReport, in mode: Behaviour.Mode, at now: Date) -> [Effect] {
        guard state == .reporting(report: report) else { return [] }
        done.append(report.event)
        if report.event == .onSite { arrived = report.at }
        let silence: [Effect] = [.disarm(timer(.send))]
        switch report.event {
        case .close, .decline:
            state = .closed(code: report.closureCode(in: scenario))
            return silence
        case .accept, .assign, .enRoute, .onSite, .scan:
            state = .idle
            return silence + (mode == .automatic ? goOn(at: now) : [])
        }
    }

    /// The operator understood and refused: an automatic engineer is at a loss, a hand may try something else.
    mutating func refused(_ report: VisitReport, because reason: String) -> [Effect] {
        guard state == .reporting(report: report) else { return [] }
        let silence: [Effect] = [.disarm(timer(.send))]
        guard report.isByHand else {
            state = .stuck(reason: reason)
            return silence
        }
        state = before
        if case .planned(_, let due) = before { return silence + [.arm(timer(.step), at: due)] }
        return silence
    }

    /// No answer: the same message again, a second later.
    func unanswered(at now: Date) -> [Effect] {
        guard case .reporting = state else { return [] }
        return [.arm(timer(.send), at: now + Self.sendAgainAfter)]
    }

    /// From automatic to manual: what was planned is not done.
    mutating func pause() -> [Effect] {
        switch state {
        case .planned, .waitingForLight: state = .idle
        case .idle, .reporting, .closed, .declined, .cancelled, .stuck: break
        }
        return [.disarm(timer(.step))]
    }

    /// From manual to automatic, and after each step: what comes next, if anything does.
    mutating func goOn(at now: Date) -> [Effect] {
        guard state == .idle else { return [] }
        guard let next else {
            state = .waitingForLight
            return []
        }
        return plan(next, at: now)
    }

    /// What an engineer does after what was done; `nil` to wait for the light.
    private var next: VisitEvent? {
        if done.contains(.scan) { return hasLight ? .close : nil }
        if done.contains(.onSite) { return scenario == .noAccess ? .close : .scan }
        if done.contains(.enRoute) { return .onSite }
        return done.contains(.assign) ? .enRoute : .assign
    }

    private var hasLight: Bool { results.contains(1) && results.contains(2) }

    private mutating func plan(_ event: VisitEvent, at now: Date) -> [Effect] {
        let due = Timetable(pace: timetable)
            .due(event, slot: slot, arrived: arrived, scenario: scenario, now: now)
        state = .planned(event: event, at: due)
        return [.arm(timer(.step), at: due)]
    }
}

extension VisitReport {
    /// How the visit ends: as told by hand, else by the story. A job that was acknowledged can be given back only by
    /// closing it: `MBORC`, unable to attend, with notice (I-021).
    func closureCode(in scenario: Scenario) -> String {
        if let code = words.closureCode { return code }
        if event == .decline { return "MBORC" }
        return scenario == .noAccess ? "NA" : "SP"
    }
}
