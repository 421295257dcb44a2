import Domain
import FoundationEssentials

/// A ticket as the simulated network desk keeps it: which step comes next, and which is being told to the operator.
///
///     accepted ─▶ planned ─its time─▶ reporting ─taken─▶ planned … over(resolved) ─re-opened─▶ planned(start) …
///                    ▲ └─by hand─▶ idle │ ▲ └─refused─▶ stuck
///                    └──automatic───┘   └─┘ no answer: again
struct PlayedTicket: Aggregate {
    enum State: Codable, Equatable, Sendable {
        /// Nothing by itself: somebody plays the desk by hand.
        case idle
        case planned(event: DeskStep, at: Date)
        case reporting(report: DeskReport)
        /// Nothing more to do, unless the buyer objects.
        case over(how: String)
        /// The operator refused a step; the automatic desk knows no other.
        case stuck(reason: String)
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
            // A visit that is over is no longer in the news; it stays what it was.
            let isOver = done.contains(.appointmentCompleted)
            guard bulletin.slot != slot, bulletin.slot != nil || !isOver else { return [] }
            slot = bulletin.slot
            done.removeAll { $0 == .appointmentConfirmed || $0 == .appointmentCompleted }
            // What is being told goes its way first; the rest is planned anew.
            guard case .planned = state else { return [] }
            state = .idle
            return [.disarm(timer(.step))] + (mode == .automatic ? goOn(at: now) : [])

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
        done.append(report.event)
        let silence: [Effect] = [.disarm(timer(.send))]
        state = .idle
        switch report.event {
        case .resolve:
            state = .over(how: "resolved")
            return silence
        case .cancel, .reject:
            state = .over(how: report.event.rawValue)
            return silence
        case .hold:
            // It waits for the buyer, and then for somebody's hand.
            return silence
        case .appointmentFailed, .appointmentCancelled, .appointmentMissed:
            slot = nil
        case .triage, .start, .resume, .appointmentConfirmed, .appointmentCompleted:
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
        if report.isByHand {
            state = before
            if case .planned(_, let due) = before { return silence + [.arm(timer(.step), at: due)] }
            return silence
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
        let due = Timetable(pace: timetable).due(next, slot: slot, now: now)
        state = .planned(event: next, at: due)
        return [.arm(timer(.step), at: due)]
    }

    private var next: DeskStep {
        if !done.contains(.triage) { return .triage }
        if !done.contains(.start) { return .start }
        if slot != nil, !done.contains(.appointmentConfirmed) { return .appointmentConfirmed }
        if slot != nil, !done.contains(.appointmentCompleted) { return .appointmentCompleted }
        return .resolve
    }
}
