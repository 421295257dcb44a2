import Domain
import FoundationEssentials
import GRDB

extension SQLiteTransaction {
    /// The lookups are also in a column of the aggregate: most changes leave them as they were, and then the lookup
    /// table isn't touched.
    func save<A: Aggregate>(_ aggregate: A) throws {
        let kind = SQLiteValue.kind(A.kind)
        let number = SQLiteValue.int(aggregate.id.number)
        let body = try StoredJSON.encode(aggregate)
        let lookups = aggregate.lookups.isEmpty ? Array("[]".utf8) : try StoredJSON.encode(aggregate.lookups)
        let stored = try db.first("SELECT lookups FROM aggregate WHERE kind = ? AND number = ?", kind, number) { row in
            row.blob(0)
        }
        guard let stored else {
            try db.run(
                """
                INSERT INTO aggregate (kind, number, owner, state, version, created, updated, lookups, body)
                VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)
                """,
                kind,
                number,
                .text(aggregate.owner.rawValue),
                .text(aggregate.stateName),
                .date(aggregate.created),
                .date(aggregate.updated),
                .json(lookups),
                .json(body)
            )
            return try insert(aggregate.lookups, of: aggregate)
        }
        try db.run(
            """
            UPDATE aggregate SET owner = ?, state = ?, version = version + 1, updated = ?, lookups = ?, body = ?
            WHERE kind = ? AND number = ?
            """,
            .text(aggregate.owner.rawValue),
            .text(aggregate.stateName),
            .date(aggregate.updated),
            .json(lookups),
            .json(body),
            kind,
            number
        )
        guard stored != lookups else { return }
        let before: [Lookup] = try StoredJSON.decode(from: stored, name: "lookups of \(aggregate.ref)")
        try delete(before.filter { !aggregate.lookups.contains($0) }, of: aggregate)
        try insert(aggregate.lookups.filter { !before.contains($0) }, of: aggregate)
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
