import Domain
import FoundationEssentials
import GRDB
import Synchronization

/// What a body writes, worked out beside the writer (ADR 13): the writer is the one thing that all changes queue for, and most
/// of a change is deciding and spelling.
///
///     rehearse ─▶ what it read is as it was? ── yes ─▶ write the steps
///     (anywhere)      (the writer, in turn)  └─ no ──▶ run the body
final class Rehearsed<Value: Sendable>: Sendable {
    private struct Script: Sendable {
        let value: Value
        let part: Rehearsal.Part
    }

    /// Played once: a batch that is begun again runs the bodies themselves.
    private let script: Mutex<Script?>

    /// `nil` if the body needs the store, or refuses: a refusal is for the store's own state to bear out.
    init?(_ body: (any Transaction) throws -> Value, on cache: AggregateCache) {
        let rehearsal = Rehearsal(cache)
        guard let value = try? body(rehearsal), !rehearsal.isBeyond else { return nil }
        script = Mutex(Script(value: value, part: rehearsal.part))
    }

    /// - Returns: `nil` if nothing was written and the body must run.
    func play(in transaction: SQLiteTransaction) throws -> Value? {
        let taken = script.withLock { script in
            defer { script = nil }
            return script
        }
        guard let script = taken, try script.part.holds(in: transaction) else { return nil }
        let changes = transaction.db.totalChangesCount
        do {
            for step in script.part.steps { try step(transaction) }
            return script.value
        } catch {
            // Where something was written or all of it is gone, there is something to undo first.
            guard transaction.db.isInsideTransaction, transaction.db.totalChangesCount == changes else { throw error }
            return nil
        }
    }
}

/// A transaction that reads from memory alone and only notes what is to be written.
private final class Rehearsal: Transaction {
    private struct NeedsStore: Error {}

    struct Part: Sendable {
        /// What it read.
        fileprivate(set) var entries: [AggregateCache.Entry] = []
        /// Keys that it took for new.
        fileprivate(set) var unanswered: [(key: IdempotencyKey, now: Date)] = []
        fileprivate(set) var steps: [Step] = []

        /// Whether a body would read the same now.
        func holds(in transaction: SQLiteTransaction) throws -> Bool {
            guard let aggregates = transaction.aggregates else { return false }
            guard entries.allSatisfy(aggregates.isCurrent) else { return false }
            return try unanswered.allSatisfy { try transaction.answer(to: $0.key, at: $0.now) == nil }
        }
    }

    private let cache: AggregateCache
    private var written: [EntityRef: any Aggregate] = [:]
    private(set) var part = Part()
    /// Whether the body asked what only the store can say, even if it made do without an answer.
    private(set) var isBeyond = false

    init(_ cache: AggregateCache) { self.cache = cache }

    private var beyond: NeedsStore {
        isBeyond = true
        return NeedsStore()
    }

    // MARK: What it reads

    func find<A: Aggregate>(_ id: ID<A>) throws -> A? {
        let ref = EntityRef(kind: A.kind, number: id.number)
        if let own = written[ref] { return own as? A }
        guard let entry = cache.entry(ref) else { throw beyond }
        part.entries.append(entry)
        return entry.aggregate as? A
    }

    func answer(to key: IdempotencyKey, at now: Date) throws -> StoredAnswer? {
        part.unanswered.append((key, now))
        return nil
    }

    // MARK: What it writes

    func save(_ aggregate: some Aggregate) throws {
        part.steps.append(try SQLiteTransaction.saving(aggregate))
        written[aggregate.ref] = aggregate
    }

    func enqueue(
        _ row: NewOutboxRow,
        lease: String?,
        claimed: @escaping @Sendable (OutboxRow?) -> Void
    ) throws {
        part.steps.append(try SQLiteTransaction.enqueuing(row, lease: lease, claimed: claimed))
    }

    func arm(_ timer: TimerKey, at due: Date) { part.steps.append { try $0.arm(timer, at: due) } }
    func disarm(_ timer: TimerKey) { part.steps.append { try $0.disarm(timer) } }
    func journal(_ entry: JournalEntry) { part.steps.append { try $0.journal(entry) } }
    func log(_ message: LoggedMessage) { part.steps.append(SQLiteTransaction.logging(message)) }

    func remember(_ answer: StoredAnswer, for key: IdempotencyKey, until expiry: Date) {
        part.steps.append(SQLiteTransaction.remembering(answer, for: key, until: expiry))
    }

    // MARK: What only the store can do

    func find<A: Aggregate>(_: A.Type, by _: String, _: String, after _: Int64, limit _: Int) throws -> [A] {
        throw beyond
    }
    func list<A: Aggregate>(
        _: A.Type,
        of _: Owner?,
        inState _: String?,
        after _: Int64,
        limit _: Int
    ) throws -> [A] { throw beyond }
    func census(of _: Kind) throws -> [String: Int] { throw beyond }
    func nextDue() throws -> Date? { throw beyond }
    func backlog() throws -> Backlog { throw beyond }
    func dueCount(at _: Date) throws -> DueCount { throw beyond }
    func dueTimers(at _: Date, limit _: Int) throws -> [ArmedTimer] { throw beyond }
    func messages(after _: Int64, limit _: Int) throws -> [LoggedMessage] { throw beyond }
    func journal(of _: EntityRef, limit _: Int) throws -> [JournalEntry] { throw beyond }
    func parcels(of _: EntityRef, limit _: Int) throws -> [OutboxRow] { throw beyond }
    func parcels(to _: TenantID, _: ParcelFilter, after _: Int64, limit _: Int) throws -> ParcelPage {
        throw beyond
    }
    func parcel(_: MessageID, to _: TenantID) throws -> OutboxRow? { throw beyond }
    func givenUp(before _: OutboxRow, limit _: Int) throws -> [OutboxRow] { throw beyond }
    func attempts(of _: Int64) throws -> [Attempt] { throw beyond }
    func takeNumbers(of _: String, count _: Int) throws -> Range<Int64> { throw beyond }
    func withdraw(of _: EntityRef, to _: Recipient) throws -> Int { throw beyond }
    func forgetAnswers(expiredAt _: Date, limit _: Int) throws -> Int { throw beyond }
    func moveWaits(_: [WaitKey], by _: Duration, dueAfter _: Date) throws { throw beyond }
    func isArmed(_: TimerKey, dueBy _: Date) throws -> Bool { throw beyond }
    func attempt<Result>(_: () throws -> Result) throws -> Result { throw beyond }
    func claimLanes(at _: Date, lease _: String, room _: Room) throws -> [OutboxRow] { throw beyond }
    func conclude(_: OutboxRow, lease _: String, with _: Conclusion, at _: Date, onward _: Onward) throws -> Concluded {
        throw beyond
    }
    func requeue(_: OutboxRow, at _: Date) throws -> Bool { throw beyond }
    func forgetMessages(before _: Date, limit _: Int) throws -> Int { throw beyond }
    func forgetParcels(before _: Date, limit _: Int) throws -> Int { throw beyond }
    func redactMessages(of _: RedactedSubject, at _: Date, limit _: Int) throws -> Int { throw beyond }
    func redact(_: OutboxRow, to _: Message, body _: [UInt8], at _: Date) throws { throw beyond }
    func releaseLeases() throws { throw beyond }
    func recoverLeases(at _: Date) throws -> Recovery { throw beyond }
    func claimHeld(lease _: String, at _: Date) throws -> OutboxRow? { throw beyond }
    func wipe() throws { throw beyond }
}
