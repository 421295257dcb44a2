import Domain
import FoundationEssentials
import GRDB

/// What has served its time is thrown away, and what must not be kept is taken out. The oldest stand first, so each batch
/// looks at a few rows and no index is needed.
extension SQLiteTransaction {
    func forgetMessages(before time: Date, limit: Int) throws -> Int {
        try db.run(
            """
            DELETE FROM messageLog WHERE at < ? AND sequence IN (
                SELECT sequence FROM messageLog ORDER BY sequence LIMIT ?
            )
            """,
            .date(time),
            .int(Int64(limit))
        )
    }

    func forgetParcels(before time: Date, limit: Int) throws -> Int {
        try db.run(
            """
            DELETE FROM attempt WHERE parcel IN (
                SELECT number FROM (SELECT number, state, created FROM outbox ORDER BY number LIMIT ?)
                WHERE state <> 'queued' AND created < ?
            )
            """,
            .int(Int64(limit)),
            .date(time)
        )
        return try db.run(
            """
            DELETE FROM outbox WHERE state <> 'queued' AND created < ? AND number IN (
                SELECT number FROM outbox ORDER BY number LIMIT ?
            )
            """,
            .date(time),
            .int(Int64(limit))
        )
    }

    func redactMessages(of subject: RedactedSubject, at now: Date, limit: Int) throws -> Int {
        switch subject {
        case .entity(let entity):
            try db.run(
                """
                \(Self.redaction) SELECT sequence FROM messageLog
                WHERE kind = ? AND entity = ? AND redacted IS NULL LIMIT ?)
                """,
                .date(now),
                .kind(entity.kind),
                .int(entity.number),
                .int(Int64(limit))
            )
        case .conversation(let conversation):
            try db.run(
                """
                \(Self.redaction) SELECT sequence FROM messageLog
                WHERE conversation = ? AND redacted IS NULL LIMIT ?)
                """,
                .date(now),
                .text(conversation.rawValue),
                .int(Int64(limit))
            )
        }
    }

    func redact(_ row: OutboxRow, to message: Message, body: [UInt8], at now: Date) throws {
        try db.run(
            "UPDATE outbox SET message = ?, body = ?, redacted = ? WHERE number = ?",
            .json(try StoredJSON.encode(message)),
            .blob(body),
            .date(now),
            .int(row.number)
        )
    }

    /// Bodies, and what was asked for in a query. That there was a message, when, whose and how it ended, stays.
    private static let redaction = """
        UPDATE messageLog SET
            requestBody = CASE length(requestBody) WHEN 0 THEN requestBody ELSE CAST('[redacted]' AS BLOB) END,
            responseBody = CASE length(responseBody) WHEN 0 THEN responseBody ELSE CAST('[redacted]' AS BLOB) END,
            path = CASE instr(path, '?') WHEN 0 THEN path ELSE substr(path, 1, instr(path, '?') - 1) END,
            redacted = ?
        WHERE sequence IN (
        """
}
