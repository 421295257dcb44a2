import DequeModule
import GRDB
import Synchronization

/// Lets concurrent changes share one flush to disk.
///
/// Bodies run one after another on the writer's queue, at most ``bodiesMax`` in a transaction; every caller resumes
/// after the one COMMIT. A body that throws undoes only itself, a commit that fails, fails all.
///
///     write ─▶ waiting ─▶ BEGIN ─▶ body… ─▶ COMMIT ─▶ callers resume
///                 ▲                            │
///                 └─ the next batch gathers ───┘
///                    while the disk works
///
/// Whoever is answered comes again, as a rule: while many do, the writer waits a moment for them, since a flush for each few of
/// them costs more of the processors than they do (``Gathering``).
///
/// Most bodies that throw have written nothing, so there is nothing to undo. If one has, the batch is begun again with
/// a savepoint around each body: that is why a body may run more than once.
final class GroupCommitter: Sendable {
    /// Enough to hide a slow flush, and few enough that the first of a batch doesn't wait long for the last.
    static let bodiesMax = 256

    /// One caller's body.
    struct Work: Sendable {
        /// Runs the body, and answers how to tell its caller once it is durable.
        let run: @Sendable (SQLiteTransaction) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    /// How to tell a body's caller, or why it failed.
    private typealias Outcome = Result<@Sendable () -> Void, any Error>

    private struct State {
        var waiting: Deque<Work> = []
        var gathering = Gathering()
        var isDraining = false
        var isClosed = false
    }

    private let pool: DatabasePool
    private let options: SQLiteStore.Options
    private let checkpointer: Checkpointer
    private let cache: AggregateCache
    private let file: DatabaseFile
    private let counter: CommitCounter
    private let health: StoreHealth
    private let log: LogLength
    private let state = Mutex(State())
    /// Signalled when as many wait as the writer waits for.
    private let gathered = TimedSignal()

    init(
        pool: DatabasePool,
        options: SQLiteStore.Options,
        checkpointer: Checkpointer,
        cache: AggregateCache,
        file: DatabaseFile,
        counter: CommitCounter,
        health: StoreHealth,
        log: LogLength
    ) {
        self.pool = pool
        self.options = options
        self.checkpointer = checkpointer
        self.cache = cache
        self.file = file
        self.counter = counter
        self.health = health
        self.log = log
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteTransaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            submit(
                Work(
                    run: { transaction in
                        let value = try body(transaction)
                        return { continuation.resume(returning: value) }
                    },
                    fail: { continuation.resume(throwing: $0) }
                )
            )
        }
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Refuses what comes from now on. What waits is still written. `false` if it was closed before.
    func close() -> Bool {
        state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
    }

    /// Bodies that wait for the writer.
    var waiting: Int { state.withLock { $0.waiting.count } }

    private func submit(_ work: Work) {
        let (refusal, starts, isEnough): ((any Error)?, Bool, Bool) = state.withLock { state in
            guard !state.isClosed else { return (StoreError.closed, false, false) }
            guard state.waiting.count < options.waitingMax else {
                return (StoreUnavailable.overloaded(waiting: state.waiting.count), false, false)
            }
            state.waiting.append(work)
            defer { state.isDraining = true }
            return (nil, !state.isDraining, state.gathering.isEnough(state.waiting.count))
        }
        if let refusal { return work.fail(refusal) }
        if isEnough { gathered.signal() }
        guard starts else { return }
        pool.asyncWriteWithoutTransaction { db in
            repeat { self.gather() } while self.commitNext(in: db)
        }
    }

    /// Waits until enough have come together, and not for long.
    private func gather() {
        let waits = state.withLock { $0.gathering.begin(with: $0.waiting.count) }
        guard waits else { return }
        gathered.wait(atMost: Gathering.patience)
        state.withLock { $0.gathering.end() }
    }

    /// - Returns: `false` if nothing waited.
    private func commitNext(in db: Database) -> Bool {
        let batch: [Work]? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.bodiesMax))
            state.waiting.removeFirst(batch.count)
            state.gathering.note(batch.count)
            return batch
        }
        guard let batch else { return false }
        commit(batch, in: db)
        return true
    }

    private func commit(_ batch: [Work], in db: Database) {
        if let trouble = health.end ?? (file.isInPlace ? nil : .replaced(path: file.path)) {
            health.failed(trouble)
            return batch.forEach { $0.fail(trouble) }
        }
        let clock = ContinuousClock()
        let start = clock.now
        let changesBefore = db.totalChangesCount
        var outcomes: [Outcome] = []
        do {
            try db.beginTransaction(.immediate)
            var aggregates = BatchedAggregates(cache)
            if !(try runTogether(batch, SQLiteTransaction(db: db, aggregates: aggregates), &outcomes)) {
                try db.rollback()
                try db.beginTransaction(.immediate)
                outcomes = []
                aggregates = BatchedAggregates(cache)
                let transaction = SQLiteTransaction(db: db, aggregates: aggregates)
                for work in batch { outcomes.append(try runInSavepoint(work, transaction)) }
            }
            if db.totalChangesCount > changesBefore {
                try counter.number(db)
                options.beforeCommit()
            }
            try db.commit()
            aggregates.committed()
        } catch {
            if db.isInsideTransaction { try? db.rollback() }
            let noted = health.noting(error)
            let failure = noted is StoreUnavailable ? noted : StoreError.commitFailed(reason: String(describing: error))
            for (index, work) in batch.enumerated() {
                if index < outcomes.count, case .failure(let own) = outcomes[index] {
                    work.fail(health.noting(own))
                } else {
                    work.fail(failure)
                }
            }
            return
        }
        let changes = db.totalChangesCount - changesBefore
        let end = clock.now
        if changes > 0 {
            counter.flushed()
            health.flushed(at: end)
        }
        for (work, outcome) in zip(batch, outcomes) {
            switch outcome {
            case .success(let resume): resume()
            case .failure(let error): work.fail(health.noting(error))
            }
        }
        guard changes > 0 else { return }
        options.observer.committed(batch.count, end - start)
        checkpointer.noteCommit(changes: changes)
        if log.pages >= options.logPagesMax { Checkpointer.run(.passive, in: db, health) }
    }

    /// - Returns: `false` if a body threw after it had written: then all must be undone.
    private func runTogether(
        _ batch: [Work],
        _ transaction: SQLiteTransaction,
        _ outcomes: inout [Outcome]
    ) throws -> Bool {
        let db = transaction.db
        for work in batch {
            let changes = db.totalChangesCount
            do {
                let resume = try work.run(transaction)
                // A body may have caught the error with which SQLite gave up the whole transaction.
                guard db.isInsideTransaction else { throw StoreError.commitFailed(reason: "the transaction was lost") }
                outcomes.append(.success(resume))
            } catch {
                guard db.isInsideTransaction else { throw error }
                guard db.totalChangesCount == changes else { return false }
                outcomes.append(.failure(error))
            }
        }
        return true
    }

    /// Throws only if the whole transaction is gone: SQLite rolls back by itself when the disk is full or fails.
    private func runInSavepoint(_ work: Work, _ transaction: SQLiteTransaction) throws -> Outcome {
        let db = transaction.db
        try db.run("SAVEPOINT body")
        do {
            let resume = try work.run(transaction)
            try db.run("RELEASE body")
            return .success(resume)
        } catch {
            guard db.isInsideTransaction else { throw error }
            transaction.aggregates?.undo()
            try db.run("ROLLBACK TO body")
            try db.run("RELEASE body")
            return .failure(error)
        }
    }
}
