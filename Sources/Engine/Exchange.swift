import Domain
import FoundationEssentials
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
    /// Rung after a commit that left work: Delivery and Timers wait on one each.
    let bells: [Bell]

    package init(
        store: any Store,
        time: TimeSource,
        ids: IDSource,
        directory: Directory,
        bells: [Bell],
        logWriter: LogWriter? = nil,
        spell: @escaping Speller
    ) {
        self.store = store
        self.time = time
        self.ids = ids
        self.directory = directory
        self.bells = bells
        self.logWriter = logWriter
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
        let (value, leftWork) = try await store.write { [spell] transaction in
            var change = Change(transaction: transaction, now: now, cause: cause, messageIDs: messageIDs, spell: spell)
            let value = try body(&change)
            return (value, change.leftWork)
        }
        if leftWork { ring() }
        return value
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
    package func draw<Entity>(_ type: Entity.Type, counter: String? = nil) async throws -> ID<Entity> {
        ID(try await numbers.next(of: counter ?? String(describing: type)))
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws -> Value
    ) async throws -> Value {
        try await store.read(body)
    }

    /// Writes down a message that changed nothing.
    package func log(_ message: LoggedMessage) async throws {
        guard let logWriter else { return try await store.write { try $0.log(message) } }
        logWriter.add(message)
    }

    package func ring() {
        for bell in bells { bell.ring() }
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
