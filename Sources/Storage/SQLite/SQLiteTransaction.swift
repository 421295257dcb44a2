import Domain
import FoundationEssentials
import GRDB

/// Something to be written, worked out and encoded as far as can be without the database.
typealias Step = @Sendable (SQLiteTransaction) throws -> Void

/// One body's view of the database: a reader's, or the writer's within its savepoint. The rest is in its extensions.
struct SQLiteTransaction: Transaction {
    let db: Database
    /// The writer's: what its batch wrote so far, and what is known to be committed. `nil` for a reader, whose state is
    /// the file's at one moment.
    var aggregates: BatchedAggregates?

    func save(_ aggregate: some Aggregate) throws { try Self.saving(aggregate)(self) }

    func enqueue(
        _ row: NewOutboxRow,
        lease: String?,
        claimed: @escaping @Sendable (OutboxRow?) -> Void
    ) throws {
        try Self.enqueuing(row, lease: lease, claimed: claimed)(self)
    }

    func log(_ message: LoggedMessage) throws { try Self.logging(message)(self) }

    func remember(_ answer: StoredAnswer, for key: IdempotencyKey, until expiry: Date) throws {
        try Self.remembering(answer, for: key, until: expiry)(self)
    }

    func attempt<Value>(_ body: () throws -> Value) throws -> Value {
        try db.run("SAVEPOINT attempt")
        do {
            let value = try body()
            try db.run("RELEASE attempt")
            return value
        } catch {
            aggregates?.undo()
            // SQLite may have rolled all of it back by itself (disk full): then there is nothing to go back to.
            if db.isInsideTransaction {
                try db.run("ROLLBACK TO attempt")
                try db.run("RELEASE attempt")
            }
            throw error
        }
    }
}

extension SQLiteTransaction {
    func find<A: Aggregate>(_ id: ID<A>) throws -> A? {
        guard let aggregates else { return try stored(id).aggregate as? A }
        return try aggregates.find(id) { try stored(id) }
    }

    /// As the file has it.
    func stored<A: Aggregate>(_ id: ID<A>) throws -> AggregateCache.Entry {
        let found = try db.first(
            "SELECT body FROM aggregate WHERE kind = ? AND number = ?",
            .kind(A.kind),
            .int(id.number)
        ) { row in
            try row.withBytes(0) { bytes in
                let aggregate = try StoredJSON.decode(A.self, from: bytes, name: "\(A.kind.rawValue)/\(id)")
                return AggregateCache.Entry(aggregate, bytes: bytes.count)
            }
        }
        return found ?? AggregateCache.Entry(absent: EntityRef(kind: A.kind, number: id.number))
    }

    func find<A: Aggregate>(_ type: A.Type, by key: String, _ value: String, after: Int64, limit: Int) throws -> [A] {
        try db.all(
            """
            SELECT aggregate.number, body FROM lookup
            JOIN aggregate ON aggregate.kind = lookup.kind AND aggregate.number = lookup.number
            WHERE lookup.kind = ? AND lookup.key = ? AND lookup.value = ? AND lookup.number > ?
            ORDER BY lookup.number LIMIT ?
            """,
            .kind(A.kind),
            .text(key),
            .text(value),
            .int(after),
            .int(Int64(limit)),
            read: Self.decode
        )
    }

    func list<A: Aggregate>(
        _ type: A.Type,
        of owner: Owner?,
        inState state: String?,
        after: Int64,
        limit: Int
    ) throws -> [A] {
        let kind = SQLiteValue.kind(A.kind)
        let after = SQLiteValue.int(after)
        let limit = SQLiteValue.int(Int64(limit))
        switch (owner, state) {
        case (nil, nil):
            return try db.all(
                """
                SELECT number, body FROM aggregate WHERE kind = ? AND number > ?
                ORDER BY number LIMIT ?
                """,
                kind,
                after,
                limit,
                read: Self.decode
            )
        case (nil, let state?):
            return try db.all(
                """
                SELECT number, body FROM aggregate WHERE kind = ? AND state = ? AND number > ?
                ORDER BY number LIMIT ?
                """,
                kind,
                .text(state),
                after,
                limit,
                read: Self.decode
            )
        case (let owner?, nil):
            return try db.all(
                """
                SELECT number, body FROM aggregate WHERE kind = ? AND owner = ? AND number > ?
                ORDER BY number LIMIT ?
                """,
                kind,
                .text(owner.rawValue),
                after,
                limit,
                read: Self.decode
            )
        case (let owner?, let state?):
            return try db.all(
                """
                SELECT number, body FROM aggregate WHERE kind = ? AND owner = ? AND state = ? AND number > ?
                ORDER BY number LIMIT ?
                """,
                kind,
                .text(owner.rawValue),
                .text(state),
                after,
                limit,
                read: Self.decode
            )
        }
    }

    func census(of kind: Kind) throws -> [String: Int] {
        let counts = try db.all(
            "SELECT state, count(*) FROM aggregate WHERE kind = ? GROUP BY state",
            .kind(kind)
        ) { row in (row.text(0), Int(row.int(1))) }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    private static func decode<A: Aggregate>(_ row: borrowing SQLiteRow) throws -> A {
        let number = row.int(0)
        return try row.withBytes(1) { try StoredJSON.decode(from: $0, name: "\(A.kind.rawValue)/\(number)") }
    }
}
