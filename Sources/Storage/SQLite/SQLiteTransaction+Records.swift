import Domain
import FoundationEssentials
import GRDB

/// What is kept of what happened: answers and the journal.
extension SQLiteTransaction {
    func answer(to key: IdempotencyKey, at now: Date) throws -> StoredAnswer? {
        try db.first(
            """
            SELECT status, contentType, headers, body, bodyHash, expiry FROM idempotency
            WHERE scope = ? AND key = ? AND expiry > ?
            """,
            .text(key.scope),
            .text(key.key),
            .date(now)
        ) { row in
            var answer = StoredAnswer(
                status: Int(row.int(0)),
                contentType: row.text(1),
                headers: try row.withBytes(2) { try StoredJSON.decode(from: $0, name: "answer to \(key.scope)") },
                body: row.blob(3),
                bodyHash: row.text(4)
            )
            answer.expires = row.date(5)
            return answer
        }
    }

    static func remembering(_ answer: StoredAnswer, for key: IdempotencyKey, until expiry: Date) -> Step {
        let headers = StoredJSON.dictionary(answer.headers)
        return { transaction in
            try transaction.db.run(
                """
                INSERT INTO idempotency (scope, key, bodyHash, expiry, status, contentType, headers, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (scope, key) DO UPDATE SET bodyHash = excluded.bodyHash, expiry = excluded.expiry,
                    status = excluded.status, contentType = excluded.contentType, headers = excluded.headers,
                    body = excluded.body
                """,
                .text(key.scope),
                .text(key.key),
                .text(key.bodyHash),
                .date(expiry),
                .int(Int64(answer.status)),
                .text(answer.contentType),
                .json(headers),
                .blob(answer.body)
            )
        }
    }

    func forgetAnswers(expiredAt now: Date, limit: Int) throws -> Int {
        try db.run(
            """
            DELETE FROM idempotency WHERE rowid IN (
                SELECT rowid FROM idempotency WHERE expiry <= ? ORDER BY expiry LIMIT ?
            )
            """,
            .date(now),
            .int(Int64(limit))
        )
    }

    func journal(_ entry: JournalEntry) throws {
        try db.run(
            """
            INSERT INTO journal (at, kind, entity, cause, causedBy, stateBefore, stateAfter, note, conversation)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .date(entry.at),
            .kind(entry.entity.kind),
            .int(entry.entity.number),
            .text(entry.cause),
            .text(entry.by),
            .text(entry.before),
            .text(entry.after),
            .text(entry.note),
            .text(entry.conversation.rawValue)
        )
    }

    func journal(of entity: EntityRef, limit: Int) throws -> [JournalEntry] {
        try db.all(
            """
            SELECT at, cause, causedBy, stateBefore, stateAfter, note, conversation
            FROM journal WHERE kind = ? AND entity = ? ORDER BY number LIMIT ?
            """,
            .kind(entity.kind),
            .int(entity.number),
            .int(Int64(limit))
        ) { row in
            JournalEntry(
                at: row.date(0),
                entity: entity,
                cause: row.text(1),
                by: row.text(2),
                before: row.optionalText(3),
                after: row.text(4),
                note: row.optionalText(5),
                conversation: ConversationID(row.text(6))
            )
        }
    }

    /// Parties and what was decided about them stay, and so do the counters: no number is ever given twice.
    func wipe() throws {
        try db.run("DELETE FROM aggregate WHERE kind <> ?", .kind(.party))
        try db.run("DELETE FROM lookup WHERE kind <> ?", .kind(.party))
        try db.run("DELETE FROM journal WHERE kind <> ?", .kind(.party))
        try db.run("DELETE FROM lane")
        try db.run("DELETE FROM outbox")
        try db.run("DELETE FROM attempt")
        try db.run("DELETE FROM timer")
        try db.run("DELETE FROM idempotency")
        try db.run("DELETE FROM messageLog")
        aggregates?.noteWipe()
    }
}
