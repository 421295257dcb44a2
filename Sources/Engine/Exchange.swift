import Domain
import FoundationEssentials
import Logging
import Metrics
import Storage

/// The one door: all state of the product changes here, and nowhere else.
///
/// A change is decided by aggregates and written down together with everything it causes, in one commit. Whenever the
/// process dies, the decision and its messages are both durable, or neither is and the caller was never answered.
package struct Exchange: Sendable {
    package let store: any Store
    package let time: TimeSource
    package let ids: IDSource
    package let directory: Directory
    let spell: Speller
    let numbers: NumberBlocks
    /// Where messages that changed nothing are written beside the requests; `nil`: at once.
    private let logWriter: LogWriter?
    private let refusals: RefusedMessages
    let clock: ClockWatch
    let logger: Logger
    /// What is going on in this process; requests count themselves.
    package let activity: Activity
    let dispatch: Dispatch
    /// Rung when timers should be looked at.
    let alarms = Bell()

    package init(
        store: any Store,
        time: TimeSource,
        ids: IDSource,
        directory: Directory,
        activity: Activity = Activity(),
        limits: Dispatch.Limits = Dispatch.Limits(),
        logWriter: LogWriter? = nil,
        refusals: RefusedMessages = RefusedMessages(),
        clockWatch: ClockWatch? = nil,
        logger: Logger = Logger(label: "patchbay"),
        spell: @escaping Speller
    ) {
        self.store = store
        self.time = time
        self.ids = ids
        self.directory = directory
        self.activity = activity
        dispatch = Dispatch(lease: ids.messageID(at: time.now()).rawValue, limits: limits, activity: activity)
        self.logWriter = logWriter
        self.refusals = refusals
        clock = clockWatch ?? ClockWatch(time: time)
        self.logger = logger
        self.spell = spell
        numbers = NumberBlocks(store: store)
    }

    /// Runs `body` in one commit. What it decides through ``Change`` is durable when this returns; if it throws,
    /// nothing has changed.
    ///
    /// `body` may run more than once: it must depend only on what it reads, its arguments and `change.now`.
    package func change<Value: Sendable>(
        _ cause: Cause,
        _ body: @escaping @Sendable (inout Change) throws -> Value
    ) async throws -> Value {
        let now = time.now()
        let messageIDs = ids.messageIDs(at: now)
        let claims = Claims(dispatch)
        do {
            let (value, nextAlarm, alerts) = try await store.change { [spell, directory] transaction in
                claims.letGo()
                var change = Change(
                    transaction: transaction,
                    now: now,
                    cause: cause,
                    messageIDs: messageIDs,
                    claims: claims,
                    directory: directory,
                    spell: spell
                )
                let value = try body(&change)
                try change.finish()
                return (value, change.nextAlarm, change.alerts)
            }
            claims.hand()
            for alert in alerts { raise(alert) }
            if let nextAlarm, nextAlarm <= now + Self.looksAgain { alarms.ring() }
            return value
        } catch {
            claims.letGo()
            throw error
        }
    }

    /// Counts it, and says it where people look.
    package func raise(_ alert: Alert) {
        Counter(label: "pb_alerts_total", dimensions: [("alert", alert.kind.rawValue)]).increment()
        logger.warning(
            "somebody must look at this",
            metadata: ["pb-alert": "\(alert.kind.rawValue)", "pb-text": "\(alert.text)"]
        )
    }

    /// Lets one aggregate decide: the common case of ``change(_:_:)``.
    ///
    /// - Parameter owner: whose it must be; another's is as absent as one that never was. `nil` for the house itself.
    package func change<A: Aggregate>(
        _ id: ID<A>,
        of owner: Owner?,
        _ cause: Cause,
        _ decide: @escaping @Sendable (inout A, _ now: Date) throws -> [Effect]
    ) async throws -> A {
        try await change(cause) { change in try change.decide(id, of: owner, decide) }
    }

    /// Brings news to an aggregate, as a receiving adapter does once it has understood a message.
    package func tell(_ telling: Telling, _ cause: Cause, logging message: LoggedMessage? = nil) async throws {
        try await change(cause) { change in
            try change.tell(telling)
            if let message { try change.log(message, about: telling.target) }
        }
    }

    /// A number for a new entity, unique for ever. Drawn before the change that uses it; an unused one is lost, no harm.
    package func draw<A: Aggregate>(_ type: A.Type) async throws -> ID<A> {
        try await draw(type, from: A.kind.rawValue)
    }

    /// A number of something that is no aggregate of its own, from the counter of that name.
    package func draw<Entity>(_ type: Entity.Type, from counter: String) async throws -> ID<Entity> {
        ID(try await numbers.next(of: counter))
    }

    /// One aggregate as it was committed last.
    package func find<A: Aggregate>(_ id: ID<A>) async throws -> A? { try await store.find(id) }

    /// The same, if it is at hand.
    package func remembered<A: Aggregate>(_ id: ID<A>) -> A? { store.remembered(id) }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Value
    ) async throws -> Value {
        try await store.read(body)
    }

    /// Writes down a message that changed nothing; of one that was refused, what its sender's share allows.
    package func log(_ message: LoggedMessage) async throws {
        guard let message = refusals.kept(message) else { return }
        if !logSoon(message) { try await store.write { try $0.log(message) } }
    }

    /// The same without waiting; `false`: it was not taken, for nobody writes beside.
    package func logSoon(_ message: LoggedMessage) -> Bool {
        logWriter?.add(message)
        return logWriter != nil
    }

    /// Every listener accepts: what waits in the outbox may be delivered.
    package func listenersAccept() { dispatch.listening.ring() }

    /// Has lanes and timers looked at: the clock was turned, or the store changed by another way.
    package func ring() {
        dispatch.lanes.ring()
        alarms.ring()
    }
}

/// What caused a change, for the journal.
package struct Cause: Sendable {
    /// The input's name: `PlaceOrder`, `reply POST /service-orders`, `timer autoClose`.
    package let input: String
    /// Who: `tenant/TENANT1`, `clock`, `house`.
    package let by: String

    package init(_ input: String, by: String) {
        self.input = input
        self.by = by
    }
}
