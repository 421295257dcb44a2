import Domain
import FoundationEssentials
import GRDB

extension SQLiteTransaction {
    /// The lookups are also in a column of the aggregate: most changes leave them as they were, and then the lookup
    /// table isn't touched, and one statement does it.
    static func saving<A: Aggregate>(_ aggregate: A) throws -> Step {
        let body = try StoredJSON.encode(aggregate)
        let lookups = StoredJSON.lookups(aggregate.lookups)
        return { transaction in
            try transaction.write(aggregate, lookups, body)
            transaction.aggregates?.note(aggregate, bytes: body.count)
        }
    }

    private func write<A: Aggregate>(_ aggregate: A, _ lookups: [UInt8], _ body: [UInt8]) throws {
        // What was made in this very change is new, as a rule.
        if aggregate.created == aggregate.updated, try insert(aggregate, lookups, body) { return }
        if try update(aggregate, from: lookups, to: lookups, body) { return }
        let stored = try db.first(
            "SELECT lookups FROM aggregate WHERE kind = ? AND number = ?",
            .kind(A.kind),
            .int(aggregate.id.number)
        ) { row in row.blob(0) }
        guard let stored else {
            _ = try insert(aggregate, lookups, body)
            return
        }
        _ = try update(aggregate, from: stored, to: lookups, body)
        let before: [Lookup] = try StoredJSON.decode(from: stored, name: "lookups of \(aggregate.ref)")
        try delete(before.filter { !aggregate.lookups.contains($0) }, of: aggregate)
        try insert(aggregate.lookups.filter { !before.contains($0) }, of: aggregate)
    }

    /// - Returns: `false` if it is there already.
    private func insert<A: Aggregate>(_ aggregate: A, _ lookups: [UInt8], _ body: [UInt8]) throws -> Bool {
        let inserted = try db.run(
            """
            INSERT INTO aggregate (kind, number, owner, state, version, created, updated, lookups, body)
            VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?) ON CONFLICT (kind, number) DO NOTHING
            """,
            .kind(A.kind),
            .int(aggregate.id.number),
            .text(aggregate.owner.rawValue),
            .text(aggregate.stateName),
            .date(aggregate.created),
            .date(aggregate.updated),
            .json(lookups),
            .json(body)
        )
        guard inserted > 0 else { return false }
        try insert(aggregate.lookups, of: aggregate)
        return true
    }

    /// The owner of an entity never changes.
    ///
    /// - Returns: `false` if it isn't there with the lookups `before`.
    private func update<A: Aggregate>(
        _ aggregate: A,
        from before: [UInt8],
        to lookups: [UInt8],
        _ body: [UInt8]
    ) throws -> Bool {
        let updated = try db.run(
            """
            UPDATE aggregate SET state = ?, version = version + 1, updated = ?, lookups = ?, body = ?
            WHERE kind = ? AND number = ? AND lookups = ?
            """,
            .text(aggregate.stateName),
            .date(aggregate.updated),
            .json(lookups),
            .json(body),
            .kind(A.kind),
            .int(aggregate.id.number),
            .json(before)
        )
        return updated > 0
    }

    private func delete<A: Aggregate>(_ lookups: [Lookup], of aggregate: A) throws {
        for lookup in lookups {
            try db.run(
                "DELETE FROM lookup WHERE kind = ? AND key = ? AND value = ? AND number = ?",
                .kind(A.kind),
                .text(lookup.key),
                .text(lookup.value),
                .int(aggregate.id.number)
            )
        }
    }

    /// The value isn't named in the refusal: it may be a subscriber's.
    private func insert<A: Aggregate>(_ lookups: [Lookup], of aggregate: A) throws {
        for lookup in lookups {
            do {
                try db.run(
                    "INSERT INTO lookup (kind, key, value, number, isUnique) VALUES (?, ?, ?, ?, ?)",
                    .kind(A.kind),
                    .text(lookup.key),
                    .text(lookup.value),
                    .int(aggregate.id.number),
                    .int(lookup.isUnique ? 1 : 0)
                )
            } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
                throw Rejection(.alreadyExists, "Another \(A.kind.rawValue) has the same \(lookup.key).")
            }
        }
    }

    func takeNumbers(of counter: String, count: Int) throws -> Range<Int64> {
        let next = try db.first(
            """
            INSERT INTO counter (name, next) VALUES (?1, 1 + ?2)
            ON CONFLICT (name) DO UPDATE SET next = next + ?2 RETURNING next
            """,
            .text(counter),
            .int(Int64(count))
        ) { row in row.int(0) }
        guard let next else { throw StoreError.commitFailed(reason: "The counter \(counter) gave no number.") }
        return next - Int64(count)..<next
    }
}
