import Domain
import FoundationEssentials

/// Everything durable. SQLite stands behind it today and PostgreSQL will; both pass the same conformance suite.
///
/// A body is synchronous, so that nothing in it can wait on a network while rows are locked. It may run more than
/// once (a conflict, a lost connection), so it draws neither time nor numbers: those are arguments.
package protocol Store: Sendable {
    /// Runs `body` on one consistent state.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> Value) async throws -> Value

    /// One aggregate as it was committed last. It may be newer than what a `read` that is under way sees.
    func find<A: Aggregate>(_ id: ID<A>) async throws -> A?

    /// The same, if it is at hand; `nil` says nothing of whether there is one.
    func remembered<A: Aggregate>(_ id: ID<A>) -> A?

    /// Runs `body` in one transaction: all of it is durable when this returns, none of it if it throws.
    ///
    /// Concurrent bodies share one flush to disk. A body that throws undoes only itself; a commit that fails,
    /// fails every body of its batch (decision 8).
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value

    /// As ``write(_:)``, and meant for bodies that decide much. If all that the body reads is at hand, it runs beside the
    /// writer, and in its turn only what it wrote is written; if something of what it read was changed before that, it
    /// runs again in its turn.
    func change<Value: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value

    /// Bytes of the write-ahead log on disk; `nil` for a store that has none.
    var writeAheadLogBytes: Int64? { get }

    /// Finds out whether it can be read and written now; if not, the error says why (``StoreUnavailable``).
    func probe() async throws

    /// Finishes what was accepted, and closes.
    func close() async throws
}

extension Store {
    package var writeAheadLogBytes: Int64? { nil }

    /// For stores that stand before another one.
    package func probe() async throws { _ = try await read { try $0.nextDue() } }
}

/// What may be asked.
package protocol ReadTransaction {
    func find<A: Aggregate>(_ id: ID<A>) throws -> A?
    /// Entities with this value, by rising number after `after`; `limit` at most.
    func find<A: Aggregate>(_ type: A.Type, by key: String, _ value: String, after: Int64, limit: Int) throws -> [A]
    /// Entities of an owner (`nil`: of all), by rising number after `after`; in a state, if one is named.
    func list<A: Aggregate>(_ type: A.Type, of owner: Owner?, inState state: String?, after: Int64, limit: Int) throws
        -> [A]
    /// How many of a kind are in each state.
    func census(of kind: Kind) throws -> [String: Int]

    /// What was answered, unless it had to be remembered only until `now` or before.
    func answer(to key: IdempotencyKey, at now: Date) throws -> StoredAnswer?

    /// When the next lane or timer is due; `nil` if nothing waits.
    func nextDue() throws -> Date?
    /// Outbox rows still to be delivered, and the oldest's time: for metrics.
    func backlog() throws -> Backlog
    /// Lanes and timers due at or before `now`, leased lanes not counted: for "settled" (decision 20).
    func dueCount(at now: Date) throws -> DueCount
    /// Timers due at or before `now`, earliest first.
    func dueTimers(at now: Date, limit: Int) throws -> [ArmedTimer]

    /// Logged messages by rising sequence.
    func messages(after: Int64, limit: Int) throws -> [LoggedMessage]
    /// What was decided about one entity, oldest first.
    func journal(of entity: EntityRef, limit: Int) throws -> [JournalEntry]
    /// An entity's outbox rows, oldest first.
    func parcels(of entity: EntityRef, limit: Int) throws -> [OutboxRow]
    /// A tenant's messages after one, by rising number: so that a number, once passed, never appears again behind the
    /// reader. No more than so many are looked at for a page, so it may be short, or empty, before the end.
    func parcels(to tenant: TenantID, _ filter: ParcelFilter, after: Int64, limit: Int) throws -> ParcelPage
    func parcel(_ id: MessageID, to tenant: TenantID) throws -> OutboxRow?
    /// Messages of the same lane before this one that were given up, parked or expired, oldest first.
    func givenUp(before row: OutboxRow, limit: Int) throws -> [OutboxRow]
    /// Every attempt at an outbox row that ended, first to last.
    func attempts(of parcel: Int64) throws -> [Attempt]
}

extension ReadTransaction {
    /// Entities with this value, oldest first; `limit` at most.
    package func find<A: Aggregate>(_ type: A.Type, by key: String, _ value: String, limit: Int) throws -> [A] {
        try find(type, by: key, value, after: -1, limit: limit)
    }
}

/// What may be done, all in one commit.
package protocol Transaction: ReadTransaction {
    /// Inserts or replaces, with its lookups. A unique lookup held by another entity of the kind throws
    /// ``Rejection/Code/alreadyExists``, at the latest when `write` returns.
    func save<A: Aggregate>(_ aggregate: A) throws
    /// The next `count` numbers of a counter, never handed out before.
    func takeNumbers(of counter: String, count: Int) throws -> Range<Int64>

    /// Puts a message behind the others of its lane.
    ///
    /// - Parameters:
    ///   - lease: if given and the lane is idle, the row is leased at once, as ``claimLanes(at:lease:room:)`` would.
    ///   - claimed: is told the leased row, or that none was leased; within this transaction, though perhaps not at once.
    func enqueue(
        _ row: NewOutboxRow,
        lease: String?,
        claimed: @escaping @Sendable (OutboxRow?) -> Void
    ) throws
    /// Takes back what an entity sends to a recipient and nobody ever claimed: it is never carried.
    ///
    /// - Returns: how many messages. What was claimed once is no longer ours alone, and stays.
    func withdraw(of entity: EntityRef, to recipient: Recipient) throws -> Int
    func arm(_ timer: TimerKey, at due: Date) throws
    func disarm(_ timer: TimerKey) throws
    /// The wall clock was set: moves these timers, and lanes that wait for a time, if they are due after `time`.
    func moveWaits(_ waits: [WaitKey], by step: Duration, dueAfter time: Date) throws
    func journal(_ entry: JournalEntry) throws
    func log(_ message: LoggedMessage) throws
    func remember(_ answer: StoredAnswer, for key: IdempotencyKey, until expiry: Date) throws
    /// Throws away answers that had to be remembered until `now` or before; `limit` at most.
    ///
    /// - Returns: how many were thrown away.
    func forgetAnswers(expiredAt now: Date, limit: Int) throws -> Int

    /// Whether the timer is still armed, and due.
    func isArmed(_ timer: TimerKey, dueBy now: Date) throws -> Bool

    /// Runs `body` so that it can be undone alone: if it throws, nothing of it stays, and the transaction goes on.
    func attempt<Value>(_ body: () throws -> Value) throws -> Value

    /// Leases lanes that are due and not leased, earliest first, as many as there is `room` for, and answers the head
    /// row of each. A head claimed for the first time gets `now` as the time of its first attempt.
    func claimLanes(at now: Date, lease: String, room: Room) throws -> [OutboxRow]
    /// Records what became of a claimed row, and moves its lane on, if the lease is still held. After a retry there is
    /// nothing to go on with.
    func conclude(
        _ row: OutboxRow,
        lease: String,
        with conclusion: Conclusion,
        at now: Date,
        onward: Onward
    ) throws -> Concluded
    /// Queues a message once more that had ended, at its own place: before all of its lane that were written after it.
    /// One that is under way there is not disturbed.
    ///
    /// - Returns: `false` for one that waits or is under way, was withdrawn or was redacted.
    func requeue(_ row: OutboxRow, at now: Date) throws -> Bool
    /// Throws away logged messages of before `time`, the oldest first; `limit` at most are looked at.
    ///
    /// - Returns: how many were thrown away.
    func forgetMessages(before time: Date, limit: Int) throws -> Int
    /// Throws away outbox rows that were written before `time` and are not to be delivered any more, with their attempts,
    /// the oldest first; `limit` at most are looked at.
    func forgetParcels(before time: Date, limit: Int) throws -> Int
    /// Takes the bodies out of what was logged about an entity, or in a conversation; `limit` at most.
    ///
    /// - Returns: how many there were to do it to.
    func redactMessages(of subject: RedactedSubject, at now: Date, limit: Int) throws -> Int
    /// Puts something in the place of an outbox row's message and body.
    func redact(_ row: OutboxRow, to message: Message, body: [UInt8], at now: Date) throws
    /// Frees all leases, at the end of a process that stops as it should. Messages that are held to be delivered alone
    /// stay so.
    func releaseLeases() throws
    /// Takes back what a process that died had under way: at start, when no other process can hold a lease.
    ///
    /// Each message that was under way has one death more. At ``Recovery/deathsMax`` it is parked; one death before that
    /// it is held, so that it is delivered alone (``claimHeld(lease:at:)``): others that were under way at the same time
    /// are not blamed for it.
    func recoverLeases(at now: Date) throws -> Recovery
    /// Leases the held message that is due first, if there is one.
    func claimHeld(lease: String, at now: Date) throws -> OutboxRow?
    /// Drops entities, messages and timers; keeps the parties, the counters and the schema (the sandbox's reset).
    func wipe() throws
}

extension Transaction {
    /// As ``enqueue(_:lease:claimed:)``, for bodies that go on with the leased row.
    package func enqueue(_ row: NewOutboxRow, lease: String?) throws -> OutboxRow? {
        nonisolated(unsafe) var told: OutboxRow??
        try enqueue(row, lease: lease) { told = .some($0) }
        guard let told else { throw NotYetClaimed() }
        return told
    }
}

/// Only the store can say whether a lane is idle; a body that runs beside it and wants to know must run again.
private struct NotYetClaimed: Error {}

/// Whose bodies are taken out of the message log.
package enum RedactedSubject: Equatable, Sendable {
    case entity(EntityRef)
    case conversation(ConversationID)
}

package struct ArmedTimer: Equatable, Sendable {
    package let key: TimerKey
    package let due: Date

    package init(key: TimerKey, due: Date) {
        self.key = key
        self.due = due
    }
}

/// Every timer of a name that entities of a kind may have.
package struct WaitKey: Hashable, Sendable {
    package let kind: Kind
    package let alarm: String

    package init(kind: Kind, alarm: String) {
        self.kind = kind
        self.alarm = alarm
    }
}

package struct Backlog: Equatable, Sendable {
    package let queued: Int
    package let parked: Int
    package let oldestQueued: Date?
    package let timers: Int

    package init(queued: Int, parked: Int, oldestQueued: Date?, timers: Int) {
        self.queued = queued
        self.parked = parked
        self.oldestQueued = oldestQueued
        self.timers = timers
    }
}

package struct DueCount: Equatable, Sendable {
    package let lanes: Int
    package let timers: Int

    package init(lanes: Int, timers: Int) {
        self.lanes = lanes
        self.timers = timers
    }
}
