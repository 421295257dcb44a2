import Foundation

@testable import Domain

/// An order and its script, played to the end: the house's tells and timers, and nothing else.
struct ScriptStage {
    private(set) var order: ServiceOrder
    private(set) var scripted: ScriptedOrder?
    private(set) var now = Date.placed
    /// What the tenant is told, in order.
    private(set) var told: [String] = []
    /// The supplier's updates as they went out, by their numbers.
    private(set) var sent: [Int64] = []
    /// What the order would not hear.
    private(set) var refused: [Rejection] = []
    private(set) var settled: [ChangeRequest.Input] = []
    private var alarms: [TimerKey: Date] = [:]
    private var tells: [Telling] = []

    init(_ script: OrderScript?, days: Int? = nil, isBrisk: Bool = false) throws {
        let characteristics = [
            script.map { Characteristic(name: "SCRIPT", value: $0.rawValue) },
            days.map { Characteristic(name: "SCRIPT_DAYS", value: "\($0)") },
        ]
        order = try ServiceOrder.place(
            ID(1),
            .sample(characteristics: characteristics.compactMap(\.self)),
            visit: nil,
            for: "TENANT1",
            in: "c-1",
            at: .placed
        ).0
        let cue = OrderScriptCue(order, isBrisk: isBrisk)
        guard (1...OrderScript.attemptsIgnored + 1).contains(where: cue.script.answers) else {
            apply(try order.hear(.sendingFailed(reason: "no answer"), at: now))
            return
        }
        guard
            let (founded, effects) = try ScriptedOrder.found(
                ID(order.id.number),
                on: .placed(cue: cue, conversation: "c-1"),
                at: now
            )
        else { return }
        scripted = founded
        apply(effects)
        try tellAll()
    }

    /// Lets so much time pass, and everything that is due on the way happen.
    mutating func pass(_ seconds: TimeInterval) throws {
        let end = now + seconds
        while let next = alarms.min(by: { $0.value < $1.value }), next.value <= end {
            now = next.value
            alarms[next.key] = nil
            try wake(next.key)
            try tellAll()
        }
        now = end
    }

    mutating func amend(_ number: Int64, visit: BookedVisit? = nil) throws {
        let changes = OrderChanges(site: SiteNotes(notes: "Ring twice"))
        apply(try order.amend(ID(number), changes, visit: visit, at: now))
        try request(number, visit == nil ? .amendment : .reappointment)
    }

    mutating func cancel(_ number: Int64) throws {
        apply(try order.cancel(ID(number), because: .other, isSent: true, at: now))
        try request(number, .cancellation)
    }

    private mutating func request(_ number: Int64, _ request: ScriptedOrder.Request) throws {
        apply(try scripted?.hear(.requested(id: ID(number), request: request), at: now) ?? [])
        try tellAll()
    }

    private mutating func wake(_ key: TimerKey) throws {
        if key.entity.kind == .scriptedOrder, let alarm = ScriptedOrder.Alarm(rawValue: key.alarm) {
            apply(try scripted?.wake(alarm, at: now) ?? [])
        }
        if key.entity.kind == .serviceOrder, let alarm = ServiceOrder.Alarm(rawValue: key.alarm) {
            apply(try order.wake(alarm, at: now))
        }
    }

    private mutating func tellAll() throws {
        while !tells.isEmpty {
            guard case .serviceOrder(_, let input) = tells.removeFirst() else { continue }
            if case .supplierUpdated(let news) = input, let sequence = news.sequence { sent.append(sequence) }
            do { apply(try order.hear(input, at: now)) } catch { refused.append(error) }
        }
    }

    private mutating func apply(_ effects: [Effect]) {
        told += effects.told
        for effect in effects {
            switch effect {
            case .tell(let telling): tells.append(telling)
            case .arm(let key, let due): alarms[key] = due
            case .disarm(let key): alarms[key] = nil
            case .settle(_, let input): settled.append(input)
            case .send, .place, .withdraw, .alert: break
            }
        }
    }
}
