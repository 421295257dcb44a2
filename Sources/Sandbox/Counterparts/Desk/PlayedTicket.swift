import Domain
import FoundationEssentials

/// A ticket as the simulated network desk keeps it: which step comes next, and which is being told to the operator.
///
///     accepted ─▶ planned ─its time─▶ reporting ─taken─▶ planned … over(resolved) ─re-opened─▶ planned(start) …
///                    ▲ └─by hand─▶ idle │ ▲ └─refused─▶ stuck
///                    ├──automatic───┘   └─┘ no answer: again
///                    └─the buyer answers─ waiting
struct PlayedTicket: Aggregate {
    enum State: Codable, Equatable, Sendable {
        /// Nothing by itself: somebody plays the desk by hand.
        case idle
        case planned(event: DeskStep, at: Date)
        case reporting(report: DeskReport)
        /// The buyer is awaited; nothing is done until then.
        case waiting(need: Need)
        /// Nothing more to do, unless the buyer objects.
        case over(how: String)
        /// The operator refused a step; the automatic desk knows no other.
        case stuck(reason: String)
    }

    /// What the buyer has to give.
    enum Need: String, Codable, CaseIterable, Sendable {
        /// Anything that ends the hold.
        case answer
        case appointment
    }

    enum Input: Codable, Equatable, Sendable {
        case told(bulletin: DeskBulletin, mode: Behaviour.Mode)
    }

    enum Alarm: String, CaseIterable, Sendable {
        /// The next step of the work.
        case step
        /// A request is on its way, or must be sent again.
        case send
    }

    static let kind = Kind.playedTicket
    static let referenceLookup = "reference"
    static let sendAgainAfter: TimeInterval = 1
    /// A message and two calls (T-019).
    static let contactAttempts = 3

    let id: ID<PlayedTicket>
    let reference: String
    let scenario: Scenario
    let timetable: Pace
    let created: Date
    var updated: Date
    private(set) var state = State.idle
    private var before = State.idle
    /// What the operator has taken since the ticket was accepted, or came back.
    private(set) var done: [DeskStep] = []
    private(set) var slot: TimeSlot?
    /// The buyer objected to a resolution.
    private var cameBack = false

    init(id: ID<PlayedTicket>, reference: String, scenario: Scenario, pace: Pace, at now: Date) {
        self.id = id
        self.reference = reference
        self.scenario = scenario
        timetable = pace
        created = now
        updated = now
    }

    var owner: Owner { .house }
    var conversation: ConversationID { ConversationID(reference) }
    var lookups: [Lookup] { [Lookup(Self.referenceLookup, reference, isUnique: true)] }

    var stateName: String {
        switch state {
        case .idle: "idle"
        case .planned: "planned"
        case .reporting: "reporting"
        case .waiting: "waiting"
        case .over: "over"
        case .stuck: "stuck"
        }
    }

    mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .told(let bulletin, let mode): learn(bulletin, in: mode, at: now)
        }
    }

    /// Only the stage's own functions act on an alarm, for they need identities.
    mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }

    // MARK: News

    private mutating func learn(_ bulletin: DeskBulletin, in mode: Behaviour.Mode, at now: Date) -> [Effect] {
        switch bulletin.event {
        case .accepted:
            slot = bulletin.slot
            return mode == .automatic ? goOn(at: now) : []

        case .amended:
            return learnOfAmendment(bulletin, in: mode, at: now)

        case .reopened:
            slot = bulletin.slot
            done = [.triage]
            cameBack = true
            state = .idle
            return [.disarm(timer(.step)), .disarm(timer(.send))] + (mode == .automatic ? goOn(at: now) : [])

        case .cancelled:
            state = .over(how: "cancelled")
            return [.disarm(timer(.step)), .disarm(timer(.send))]
        }
    }

    private mutating func learnOfAmendment(_ bulletin: DeskBulletin, in mode: Behaviour.Mode, at now: Date)
        -> [Effect]
    {
        let isMoved = take(bulletin.slot)
        let isAnswered = bulletin.status == .inProgress
        let isReleased = isHeld && isAnswered
        if isReleased { done.append(.resume) }
        let goesOn =
            switch state {
            case .waiting(need: .answer): isAnswered
            case .waiting(need: .appointment): isMoved && slot != nil
            case .planned: isMoved || isReleased
            case .idle: isReleased
            // What is being told goes its way first; the rest is planned anew.
            case .reporting, .over, .stuck: false
            }
        guard goesOn else { return [] }
        state = .idle
        return [.disarm(timer(.step))] + (mode == .automatic ? goOn(at: now) : [])
    }

    /// Whether there is another visit to come than before.
    private mutating func take(_ slot: TimeSlot?) -> Bool {
        // A visit that is over is no longer in the news; it stays what it was.
        guard slot != self.slot, slot != nil || !done.contains(.appointmentCompleted) else { return false }
        self.slot = slot
        done.removeAll { $0 == .appointmentConfirmed || $0 == .appointmentCompleted }
        return true
    }

    /// The ticket is on hold by the desk's own doing.
    private var isHeld: Bool { count(.hold) > count(.resume) }
    private func count(_ step: DeskStep) -> Int { done.count(where: { $0 == step }) }

    // MARK: The work

    mutating func begin(
        _ event: DeskStep,
        requestID: String,
        body: String? = nil,
        byHand isByHand: Bool = false,
        at now: Date
    ) -> [Effect] {
        before = state
        state = .reporting(
            report: DeskReport(requestID: requestID, event: event, at: now, body: body, isByHand: isByHand)
        )
        // Due at once, so that a kill between this commit and the answer is made good at the next start.
        return [.disarm(timer(.step)), .arm(timer(.send), at: now)]
    }

    /// The operator did what was asked.
    mutating func taken(_ report: DeskReport, in mode: Behaviour.Mode, at now: Date) -> [Effect] {
        guard state == .reporting(report: report) else { return [] }
        let silence: [Effect] = [.disarm(timer(.send))]
        if report.isByHand, [.comment, .priority, .contactAttempts].contains(report.event) {
            return silence + putBack()
        }
        done.append(report.event)
        state = .idle
        switch report.event {
        case .resolve:
            state = .over(how: "resolved")
            return silence
        case .cancel, .reject:
            state = .over(how: report.event.rawValue)
            return silence
        case .hold where report.isByHand:
            // It waits for the buyer, or for somebody's hand.
            return silence
        case .appointmentFailed, .appointmentMissed:
            slot = nil
            guard report.isByHand else {
                state = .waiting(need: scenario == .missedByEndUser ? .answer : .appointment)
                return silence
            }
        case .appointmentCancelled:
            slot = nil
        case .triage, .start, .hold, .resume, .contactAttempts, .comment, .priority, .appointmentConfirmed,
            .appointmentCompleted:
            break
        }
        return silence + (mode == .automatic ? goOn(at: now) : [])
    }

    /// The operator understood and refused.
    mutating func refused(_ report: DeskReport, because reason: String, in mode: Behaviour.Mode, at now: Date)
        -> [Effect]
    {
        guard state == .reporting(report: report) else { return [] }
        let silence: [Effect] = [.disarm(timer(.send))]
        if report.isByHand { return silence + putBack() }
        if report.event == .contactAttempts {
            // The buyer was quicker: nobody has to be reached any more.
            done.append(.resume)
            state = .idle
            return silence + (mode == .automatic ? goOn(at: now) : [])
        }
        if report.event == .appointmentConfirmed {
            // There is no visit to confirm any more: the work goes on without one.
            slot = nil
            state = .idle
            return silence + (mode == .automatic ? goOn(at: now) : [])
        }
        state = .stuck(reason: reason)
        return silence
    }

    /// As it was before somebody's hand.
    private mutating func putBack() -> [Effect] {
        state = before
        guard case .planned(_, let due) = before else { return [] }
        return [.arm(timer(.step), at: due)]
    }

    /// No answer: the same request again, a second later.
    func unanswered(at now: Date) -> [Effect] {
        guard case .reporting = state else { return [] }
        return [.arm(timer(.send), at: now + Self.sendAgainAfter)]
    }

    /// From automatic to manual: what was planned is not done.
    mutating func pause() -> [Effect] {
        if case .planned = state { state = .idle }
        return [.disarm(timer(.step))]
    }

    /// From manual to automatic, and after each step: what comes next, if anything does.
    mutating func goOn(at now: Date) -> [Effect] {
        guard state == .idle else { return [] }
        if scenario == .noFaultFound, done == [.triage], !cameBack {
            state = .over(how: "no fault found")
            return []
        }
        guard let next else {
            state = .waiting(need: .answer)
            return []
        }
        let due = Timetable(pace: timetable).due(next, slot: slot, now: now)
        state = .planned(event: next, at: due)
        return [.arm(timer(.step), at: due)]
    }

    /// `nil` while only the buyer can do something.
    private var next: DeskStep? {
        if !done.contains(.triage) { return .triage }
        if !done.contains(.start) { return .start }
        if isHeld {
            let isSearching = scenario == .holdForInformation && count(.contactAttempts) < Self.contactAttempts
            return isSearching ? .contactAttempts : nil
        }
        if let mishap, !cameBack, !done.contains(mishap) { return mishap }
        if slot != nil, !done.contains(.appointmentConfirmed) { return .appointmentConfirmed }
        if slot != nil, !done.contains(.appointmentCompleted) { return .appointmentCompleted }
        return .resolve
    }

    /// What the scenario has go wrong, once, as soon as it can.
    private var mishap: DeskStep? {
        switch scenario {
        case .holdForInformation: .hold
        case .appointmentFailed: slot == nil ? nil : .appointmentFailed
        case .missedByEndUser, .missedByOperator:
            slot == nil || !done.contains(.appointmentConfirmed) ? nil : .appointmentMissed
        case _: nil
        }
    }
}
