import FoundationEssentials

extension ScriptedOrder {
    /// Does what is due at once, and sets the timer for the step after that.
    mutating func playOn(at now: Date) -> [Effect] {
        var effects: [Effect] = []
        while isPlaying, asked == nil, let next = rest.first {
            guard next.after == 0 else { return effects + [.arm(timer(.step), at: now + next.after)] }
            effects += playNext(at: now)
        }
        return effects
    }

    /// The timer for the next step. While a request is open, the step waits for its decision, and then follows at once.
    mutating func playDue(at now: Date) -> [Effect] {
        guard isPlaying, !rest.isEmpty else { return [] }
        guard asked == nil else {
            rest[0].after = 0
            return []
        }
        return playNext(at: now) + playOn(at: now)
    }

    private mutating func playNext(at now: Date) -> [Effect] {
        switch rest.removeFirst().act {
        case .accept: return [tellOrder(.supplierAccepted)]
        case .acknowledge(let isCommitted):
            return [
                tellOrder(
                    .supplierAcknowledged(
                        reference: reference,
                        committedDate: isCommitted ? target : nil,
                        targetDate: isCommitted ? target : nil,
                        status: isCommitted ? .inProgress : .acknowledged
                    )
                )
            ]
        case .reject:
            let effect = tellOrder(.supplierRejected(problems: ["By the script \(cue.script.rawValue)."]))
            return [effect] + end(at: now)
        case .tell(let update): return tell(update, at: now)
        case .awaitTenant(let visit):
            state = .awaitingTenant(visit: visit)
            return []
        case .passPointOfNoReturn:
            state = .beyondReturn
            return []
        }
    }

    /// An update, by its number; the last ends the script.
    mutating func tell(_ update: ScriptedUpdate, answering request: OpenRequest? = nil, at now: Date) -> [Effect] {
        target = target.adding(days: update.days)
        let sequence = number(for: update.place)
        var news = SupplierNews(
            message: MessageID("scripted-\(id)-\(sequence)"),
            sequence: sequence,
            reason: update.reason,
            // What was left out was written before what overtook it.
            issuedOn: update.place == .leftOut ? now - Self.writtenBefore : now,
            receivedOn: now,
            problemCode: update.problemCode?.rawValue,
            text: update.text,
            supplierReference: reference,
            committedDate: update.reason == .committed ? target : nil,
            targetDate: target,
            ending: update.ending,
            serviceID: update.reason == .completed ? cue.service : nil
        )
        switch request?.request {
        case .amendment, .reappointment: news.amendment = request?.id
        case .cancellation: news.cancellation = request?.id
        case nil: break
        }
        let effects = [Effect](repeating: tellOrder(.supplierUpdated(news)), count: update.copies)
        return effects + (update.isLast ? end(at: now) : [])
    }

    mutating func end(at now: Date) -> [Effect] {
        state = .ended(at: now)
        rest = []
        asked = nil
        return [.disarm(timer(.step)), .disarm(timer(.decide))]
    }

    private static let writtenBefore: TimeInterval = 60

    private var reference: String { "SCR-\(id)" }

    private var isPlaying: Bool {
        switch state {
        case .playing, .beyondReturn: true
        case .awaitingTenant, .ended: false
        }
    }

    private mutating func number(for place: ScriptedUpdate.Place) -> Int64 {
        switch place {
        case .leftOut:
            defer { leftOut = nil }
            if let leftOut { return leftOut }
        case .leavingOneOut:
            leftOut = lastSequence + 1
            lastSequence += 1
        case .next: break
        }
        lastSequence += 1
        return lastSequence
    }
}
