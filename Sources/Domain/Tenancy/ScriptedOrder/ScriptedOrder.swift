import FoundationEssentials

/// The scripted supplier's side of an order: what is left of its script, and a timer for the next step of it.
///
///     playing ──▶ awaitingTenant ──(amended)──▶ playing ──▶ beyondReturn
///        └──────────────┴──────────────────────────┴────────────┴─▶ ended
///
/// It has the number of the tenant's order, and tells it what a supplier would: its answers and its updates go the way
/// of any other supplier's, through the same judgement and the same buffer (G-079). A request of the tenant's is taken
/// in at once and decided five minutes later, as the town's operator does it (decision 23).
package struct ScriptedOrder: Aggregate {
    package enum State: Codable, Equatable, Sendable {
        case playing
        case awaitingTenant(visit: Bool)
        /// The tenant can change nothing any more.
        case beyondReturn
        case ended(at: Date)
    }

    /// What a tenant asks for after it ordered.
    package enum Request: String, Codable, CaseIterable, Sendable {
        case amendment
        /// An amendment that names another visit.
        case reappointment
        case cancellation
    }

    package enum Input: Codable, Equatable, Sendable {
        case placed(cue: OrderScriptCue, conversation: ConversationID)
        case requested(id: ID<ChangeRequest>, request: Request)
    }

    package enum Alarm: String, CaseIterable, Sendable {
        /// The next step is due.
        case step
        /// The tenant's request is to be decided.
        case decide
    }

    struct OpenRequest: Codable, Equatable, Sendable {
        let id: ID<ChangeRequest>
        let request: Request
    }

    package static let kind = Kind.scriptedOrder
    package let id: ID<ScriptedOrder>
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    let cue: OrderScriptCue

    package internal(set) var state = State.playing
    /// What is left of the script.
    var rest: [ScriptedStep]
    /// The highest number that an update had, and the one below it that none had.
    var lastSequence: Int64 = 0
    var leftOut: Int64?
    var target: CivilDate
    var asked: OpenRequest?

    package var owner: Owner { .house }

    package var stateName: String {
        switch state {
        case .playing: "playing"
        case .awaitingTenant: "awaitingTenant"
        case .beyondReturn: "beyondReturn"
        case .ended: "ended"
        }
    }

    package static func found(
        _ id: ID<ScriptedOrder>,
        on input: Input,
        at now: Date
    ) throws(Rejection) -> (ScriptedOrder, [Effect])? {
        guard case .placed(let cue, let conversation) = input else { return nil }
        var order = ScriptedOrder(
            id: id,
            conversation: conversation,
            created: now,
            updated: now,
            cue: cue,
            rest: cue.steps,
            target: LondonTime.day(at: now).adding(days: cue.days)
        )
        let effects = order.playOn(at: now)
        return (order, effects)
    }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        // Once more: the answer was given.
        case .placed: []
        case .requested(let id, let request): take(request, id, at: now)
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] {
        switch alarm {
        case .step: playDue(at: now)
        case .decide: decide(at: now)
        }
    }

    func tellOrder(_ input: ServiceOrder.Input) -> Effect {
        .tell(.serviceOrder(id: ID(id.number), input: input))
    }
}
