import Domain
import FoundationEssentials
import Storage

/// One change under way: what a body of ``Exchange/change(_:_:)`` reads, decides and causes. The only interpreter of
/// effects.
package struct Change {
    private let transaction: any Transaction
    private let entities: WorkingSet
    package let now: Date
    private let cause: Cause
    private var messageIDs: MessageIDs
    private let spell: Speller
    private let claims: Claims
    private let directory: Directory
    /// The earliest timer that it armed.
    private(set) var nextAlarm: Date?
    /// What people must hear of once it is durable.
    private(set) var alerts: [Alert] = []
    /// States after this change, so that a message logged with it needs no second look.
    private var states: [EntityRef: String] = [:]

    init(
        transaction: any Transaction,
        now: Date,
        cause: Cause,
        messageIDs: MessageIDs,
        claims: Claims,
        directory: Directory,
        spell: @escaping Speller
    ) {
        self.transaction = transaction
        entities = WorkingSet(transaction)
        self.now = now
        self.cause = cause
        self.messageIDs = messageIDs
        self.claims = claims
        self.directory = directory
        self.spell = spell
    }

    package func find<A: Aggregate>(_ id: ID<A>, of owner: Owner? = nil) throws -> A? {
        guard let aggregate = try entities.find(id), owner == nil || aggregate.owner == owner else { return nil }
        return aggregate
    }

    /// - Throws: ``Rejection/Code/notFound``, with the same words for an absent entity and another's.
    package func require<A: Aggregate>(_ id: ID<A>, of owner: Owner? = nil) throws -> A {
        guard let aggregate = try find(id, of: owner) else {
            throw Rejection(.notFound, "There is no \(A.kind.rawValue) \(id).")
        }
        return aggregate
    }

    package func find<A: Aggregate>(_ type: A.Type, by key: String, _ value: String, limit: Int = 10) throws -> [A] {
        try searched.find(type, by: key, value, limit: limit)
    }

    /// Lets an aggregate decide, and stores what it decided with everything that follows.
    @discardableResult
    package mutating func decide<A: Aggregate>(
        _ id: ID<A>,
        of owner: Owner? = nil,
        _ decide: (inout A, _ now: Date) throws -> [Effect]
    ) throws -> A {
        var aggregate = try require(id, of: owner)
        let before = aggregate.stateName
        let effects = try decide(&aggregate, now)
        return try save(aggregate, before: before, effects: effects)
    }

    /// Stores a new aggregate, with the effects of its founding.
    @discardableResult
    package mutating func found<A: Aggregate>(_ aggregate: A, _ effects: [Effect]) throws -> A {
        try save(aggregate, before: nil, effects: effects)
    }

    /// Whether the first message that an entity sent was tried: one that nobody claimed yet can still be withdrawn, in
    /// this very change (decision 10).
    package func hasLeft<A: Aggregate>(_ id: ID<A>) throws -> Bool {
        let first = try transaction.parcels(of: EntityRef(kind: A.kind, number: id.number), limit: 1).first
        guard let first, first.state == .queued else { return true }
        return first.firstAttempt != nil
    }

    /// Brings an input to its aggregate, founding it if it isn't there and the input may.
    package mutating func tell(_ telling: Telling) throws {
        switch telling {
        case .serviceOrder(let id, let input): try hear(id, input)
        case .reservation(let id, let input): try hear(id, input)
        case .serviceTest(let id, let input): try hear(id, input)
        case .serviceProblem(let id, let input): try hear(id, input)
        case .problemChange(let id, let input): try hear(id, input)
        case .quote(let id, let input): try hear(id, input)
        case .scriptedOrder(let id, let input): try hear(id, input)
        case .supplyOrder(let id, let input): try hear(id, input)
        case .lineTest(let id, let input): try hear(id, input)
        case .faultReport(let id, let input): try hear(id, input)
        case .appointment(let id, let input): try hear(id, input)
        case .appointmentDay(let id, let input): try hear(id, input)
        case .installationJob(let id, let input): try hear(id, input)
        case .workOrder(let id, let input): try hear(id, input)
        }
    }

    /// Tells people what they must look at, about an entity that does not change.
    package mutating func raise<A: Aggregate>(_ alert: Alert, about id: ID<A>) throws {
        guard let entity = try find(id) else { return }
        alerts.append(alert)
        try note(alert, of: entity, by: cause)
    }

    /// Logs a message in this commit, with the state that it led to.
    package func log(_ message: LoggedMessage, about entity: EntityRef? = nil) throws {
        var message = message
        if let entity {
            message.entity = entity
            if message.stateAfter == nil { message.stateAfter = try states[entity] ?? state(of: entity) }
        }
        try transaction.log(message)
    }

    /// Raises an alert about something that no aggregate decided.
    mutating func raise(_ alert: Alert, about entity: EntityRef, _ conversation: ConversationID) throws {
        alerts.append(alert)
        try note(alert, about: entity, conversation, by: cause)
    }

    // MARK: For Idempotency, Timers and Delivery

    /// For all but aggregates.
    var storage: any Transaction { transaction }

    /// For searches among aggregates: what was decided so far is written first.
    var searched: any ReadTransaction {
        get throws {
            try entities.write()
            return transaction
        }
    }

    /// Writes what was decided: the end of the change.
    func finish() throws { try entities.write() }

    /// Runs `body` so that a refusal undoes all of it and nothing else.
    mutating func attempt(_ body: (inout Change) throws -> Void) throws {
        var trial = self
        let claimed = claims.count
        try entities.write()
        do {
            try transaction.attempt {
                try body(&trial)
                try entities.write()
            }
        } catch {
            entities.forget()
            claims.letGo(after: claimed)
            throw error
        }
        self = trial
    }

    /// Wakes the aggregate whose timer came due. The timer was spent before, and stays so unless it is armed again.
    mutating func wake(_ key: TimerKey) throws {
        let number = key.entity.number
        switch key.entity.kind {
        case .serviceOrder: try wake(ID<ServiceOrder>(number), key.alarm)
        case .changeRequest: try wake(ID<ChangeRequest>(number), key.alarm)
        case .reservation: try wake(ID<Reservation>(number), key.alarm)
        case .serviceTest: try wake(ID<ServiceTest>(number), key.alarm)
        case .serviceProblem: try wake(ID<ServiceProblem>(number), key.alarm)
        case .problemChange: try wake(ID<ProblemChange>(number), key.alarm)
        case .quote: try wake(ID<Quote>(number), key.alarm)
        case .addressIdentity: try wake(ID<AddressIdentity>(number), key.alarm)
        case .scriptedOrder: try wake(ID<ScriptedOrder>(number), key.alarm)
        case .supplyOrder: try wake(ID<SupplyOrder>(number), key.alarm)
        case .lineTest: try wake(ID<LineTest>(number), key.alarm)
        case .faultReport: try wake(ID<FaultReport>(number), key.alarm)
        case .appointment: try wake(ID<Appointment>(number), key.alarm)
        case .appointmentDay: try wake(ID<AppointmentDay>(number), key.alarm)
        case .installationJob: try wake(ID<InstallationJob>(number), key.alarm)
        case .workOrder: try wake(ID<WorkOrder>(number), key.alarm)
        case .party: try wake(ID<Party>(number), key.alarm)
        // Counterparts keep their own books and never come through this door.
        case .playedVisit, .playedTicket, .playedObjection, .playedBehaviour: break
        }
    }

    package func state(of entity: EntityRef) throws -> String? {
        let number = entity.number
        return switch entity.kind {
        case .serviceOrder: try entities.find(ID<ServiceOrder>(number))?.stateName
        case .changeRequest: try entities.find(ID<ChangeRequest>(number))?.stateName
        case .reservation: try entities.find(ID<Reservation>(number))?.stateName
        case .serviceTest: try entities.find(ID<ServiceTest>(number))?.stateName
        case .serviceProblem: try entities.find(ID<ServiceProblem>(number))?.stateName
        case .problemChange: try entities.find(ID<ProblemChange>(number))?.stateName
        case .quote: try entities.find(ID<Quote>(number))?.stateName
        case .addressIdentity: try entities.find(ID<AddressIdentity>(number))?.stateName
        case .scriptedOrder: try entities.find(ID<ScriptedOrder>(number))?.stateName
        case .supplyOrder: try entities.find(ID<SupplyOrder>(number))?.stateName
        case .lineTest: try entities.find(ID<LineTest>(number))?.stateName
        case .faultReport: try entities.find(ID<FaultReport>(number))?.stateName
        case .appointment: try entities.find(ID<Appointment>(number))?.stateName
        case .appointmentDay: try entities.find(ID<AppointmentDay>(number))?.stateName
        case .installationJob: try entities.find(ID<InstallationJob>(number))?.stateName
        case .workOrder: try entities.find(ID<WorkOrder>(number))?.stateName
        case .party: try entities.find(ID<Party>(number))?.stateName
        case .playedVisit, .playedTicket, .playedObjection, .playedBehaviour: nil
        }
    }

    // MARK: -

    private mutating func wake<A: Aggregate>(_ id: ID<A>, _ name: String) throws {
        guard var aggregate = try entities.find(id), let alarm = A.Alarm(rawValue: name) else { return }
        let before = aggregate.stateName
        let effects = try aggregate.wake(alarm, at: now)
        try save(aggregate, before: before, effects: effects)
    }

    private mutating func hear<A: Aggregate>(_ id: ID<A>, _ input: A.Input) throws {
        guard var aggregate = try entities.find(id) else {
            guard let (founded, effects) = try A.found(id, on: input, at: now) else {
                throw Rejection(.notFound, "There is no \(A.kind.rawValue) \(id).")
            }
            try save(founded, before: nil, effects: effects)
            return
        }
        let before = aggregate.stateName
        let effects = try aggregate.hear(input, at: now)
        try save(aggregate, before: before, effects: effects)
    }

    @discardableResult
    private mutating func save<A: Aggregate>(_ decided: A, before: String?, effects: [Effect]) throws -> A {
        var aggregate = decided
        // It was read to be decided about, so it is at hand.
        let known = before == nil ? nil : try entities.find(decided.id)
        if known.map(decided.showsMore) ?? true { aggregate.updated = now }
        entities.keep(aggregate)
        states[aggregate.ref] = aggregate.stateName
        try transaction.journal(
            JournalEntry(
                at: now,
                entity: aggregate.ref,
                cause: cause.input,
                by: cause.by,
                before: before,
                after: aggregate.stateName,
                conversation: aggregate.conversation
            )
        )
        for effect in effects { try apply(effect, from: aggregate) }
        if !A.namesGivenOnce.isEmpty {
            for alert in try sharedNames(of: aggregate, since: known) { try apply(.alert(alert), from: aggregate) }
        }
        return aggregate
    }

    /// Names that it has now, which another of its kind has already.
    private func sharedNames<A: Aggregate>(of aggregate: A, since before: A?) throws -> [Alert] {
        let known = before?.lookups ?? []
        return try aggregate.lookups.filter { A.namesGivenOnce.contains($0.key) && !known.contains($0) }
            .compactMap { lookup in
                let others = try transaction.find(A.self, by: lookup.key, lookup.value, limit: 2)
                return others.first { $0.id.number != aggregate.id.number }.map { other in
                    Alert(.referenceUsedTwice, "\(lookup.value) is the name of \(aggregate.ref) and of \(other.ref).")
                }
            }
    }

    private mutating func apply<A: Aggregate>(_ effect: Effect, from sender: A) throws {
        switch effect {
        case .send(let message, let recipient):
            let id = messageIDs.next()
            let spelling = try spell(message, recipient, sender, SpellingContext(messageID: id, now: now))
            try enqueue(message, to: recipient, root: sender.root, from: sender, id: id, spelling)
        case .tell(let telling):
            // Ordered per target: its lane is the target's, not the sender's.
            let spelling = Spelling(contentType: "", body: [])
            try enqueue(
                .telling(telling),
                to: .house,
                root: telling.target,
                from: sender,
                id: messageIDs.next(),
                spelling
            )
        case .arm(let timer, let due):
            try transaction.arm(timer, at: due)
            nextAlarm = min(nextAlarm ?? due, due)
        case .disarm(let timer):
            try transaction.disarm(timer)
        case .settle(let request, let input):
            try hear(request, input)
        case .withdraw(let entity, let recipient):
            _ = try transaction.withdraw(of: entity, to: recipient)
        case .place(let placing):
            let partner = try PartnerBook(directory).choose(for: placing, in: try searched)
            try hear(placing.job, .placed(partner: partner))
        case .alert(let alert):
            alerts.append(alert)
            try note(alert, of: sender, by: cause)
        }
    }

    private mutating func enqueue<A: Aggregate>(
        _ message: Message,
        to recipient: Recipient,
        root: EntityRef,
        from sender: A,
        id: MessageID,
        _ spelling: Spelling
    ) throws {
        try claims.enqueue(
            NewOutboxRow(
                recipient: recipient,
                root: root,
                entity: sender.ref,
                messageID: id,
                message: message,
                contentType: spelling.contentType,
                body: spelling.body,
                conversation: sender.conversation,
                created: now,
                share: recipient.isShared ? sender.owner.rawValue : nil
            ),
            in: transaction
        )
    }
}
