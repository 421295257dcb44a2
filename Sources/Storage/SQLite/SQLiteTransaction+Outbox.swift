import Domain
import FoundationEssentials
import GRDB

/// The outbox: rows to be delivered, in lanes. A lane is there while it has a queued row; its head is the lowest.
extension SQLiteTransaction {
    static func enqueuing(
        _ row: NewOutboxRow,
        lease: String?,
        claimed: @escaping @Sendable (OutboxRow?) -> Void
    ) throws -> Step {
        let message = try StoredJSON.encode(row.message)
        return { transaction in claimed(try transaction.enqueue(row, message, lease)) }
    }

    private func enqueue(_ row: NewOutboxRow, _ message: [UInt8], _ lease: String?) throws -> OutboxRow? {
        let recipient = SQLiteValue.text(row.recipient.key)
        let kind = SQLiteValue.kind(row.root.kind)
        let number = SQLiteValue.int(row.root.number)
        let known = try db.first(
            "SELECT number FROM lane WHERE recipient = ? AND rootKind = ? AND rootNumber = ?",
            recipient,
            kind,
            number
        ) { row in row.int(0) }
        let isClaimed = known == nil && lease != nil
        if known == nil {
            try db.run(
                "INSERT INTO lane (recipient, rootKind, rootNumber, due, lease, share) VALUES (?, ?, ?, ?, ?, ?)",
                recipient,
                kind,
                number,
                .date(row.created),
                .text(lease),
                .text(row.share)
            )
        }
        let firstAttempt = isClaimed ? row.created : nil
        try db.run(
            """
            INSERT INTO outbox (
                lane, state, attempts, firstAttempt, recipient, rootKind, rootNumber, entityKind, entityNumber,
                messageID, conversation, created, contentType, message, body, share
            ) VALUES (?, 'queued', 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(known ?? db.lastInsertedRowID),
            .date(firstAttempt),
            recipient,
            kind,
            number,
            .kind(row.entity.kind),
            .int(row.entity.number),
            .text(row.messageID.rawValue),
            .text(row.conversation.rawValue),
            .date(row.created),
            .text(row.contentType),
            .json(message),
            .blob(row.body),
            .text(row.share)
        )
        guard isClaimed else { return nil }
        var claimed = OutboxRow(
            number: db.lastInsertedRowID,
            content: row,
            state: .queued,
            attempts: 0,
            firstAttempt: firstAttempt,
            lastError: nil
        )
        claimed.isGapless = try hasGivenUpNone(to: row.recipient, about: row.root)
        return claimed
    }

    func withdraw(of entity: EntityRef, to recipient: Recipient) throws -> Int {
        let lanes = try db.all(
            """
            UPDATE outbox SET state = 'withdrawn'
            WHERE entityKind = ? AND entityNumber = ? AND recipient = ? AND state = 'queued' AND firstAttempt IS NULL
            RETURNING lane
            """,
            .kind(entity.kind),
            .int(entity.number),
            .text(recipient.key)
        ) { row in row.int(0) }
        for lane in Set(lanes) {
            try db.run(
                """
                DELETE FROM lane WHERE number = ?1
                AND NOT EXISTS (SELECT 1 FROM outbox WHERE lane = ?1 AND state = 'queued')
                """,
                .int(lane)
            )
        }
        return lanes.count
    }

    func parcels(of entity: EntityRef, limit: Int) throws -> [OutboxRow] {
        try db.all(
            Self.parcelsByEntity,
            .kind(entity.kind),
            .int(entity.number),
            .int(Int64(limit)),
            read: Self.parcel
        )
    }

    func attempts(of parcel: Int64) throws -> [Attempt] {
        try db.all(
            "SELECT started, milliseconds, status, outcome FROM attempt WHERE parcel = ? ORDER BY ordinal",
            .int(parcel)
        ) { row in
            Attempt(
                started: row.date(0),
                milliseconds: Int(row.int(1)),
                status: row.optionalInt(2).map(Int.init),
                outcome: row.text(3)
            )
        }
    }

    func backlog() throws -> Backlog {
        let oldest = try db.first(
            "SELECT created FROM outbox WHERE number = (SELECT min(number) FROM outbox WHERE state = 'queued')"
        ) { row in row.date(0) }
        let counts = try db.first(
            """
            SELECT (SELECT count(*) FROM outbox WHERE state = 'queued'),
                (SELECT count(*) FROM outbox WHERE state = 'parked'), (SELECT count(*) FROM timer)
            """
        ) { row in (queued: Int(row.int(0)), parked: Int(row.int(1)), timers: Int(row.int(2))) }
        return Backlog(
            queued: counts?.queued ?? 0,
            parked: counts?.parked ?? 0,
            oldestQueued: oldest,
            timers: counts?.timers ?? 0
        )
    }

    static let parcelByNumber = "SELECT \(parcelColumns) FROM outbox WHERE number = ?"
    private static let parcelsByEntity = """
        SELECT \(parcelColumns) FROM outbox WHERE entityKind = ? AND entityNumber = ? ORDER BY number LIMIT ?
        """

    static let parcelColumns = """
        number, state, attempts, firstAttempt, lastError, recipient, rootKind, rootNumber, entityKind, entityNumber,
        messageID, conversation, created, contentType, message, body, requeued, attemptsBefore, redacted, share
        """

    /// Reads ``parcelColumns``.
    static func parcel(_ row: borrowing SQLiteRow) throws -> OutboxRow {
        let number = row.int(0)
        let name = "outbox row \(number)"
        guard let state = OutboxRow.State(rawValue: row.text(1)) else {
            throw StoreError.undecodable(name: name, path: "/state", reason: "\(row.text(1)) is no state")
        }
        guard let recipient = Recipient(key: row.text(5)) else {
            throw StoreError.undecodable(name: name, path: "/recipient", reason: "\(row.text(5)) is no recipient")
        }
        let content = NewOutboxRow(
            recipient: recipient,
            root: EntityRef(kind: try row.kind(6, of: name), number: row.int(7)),
            entity: EntityRef(kind: try row.kind(8, of: name), number: row.int(9)),
            messageID: MessageID(row.text(10)),
            message: try row.withBytes(14) { try StoredJSON.decode(from: $0, name: name) },
            contentType: row.text(13),
            body: row.blob(15),
            conversation: ConversationID(row.text(11)),
            created: row.date(12),
            share: row.optionalText(19)
        )
        return OutboxRow(
            number: number,
            content: content,
            state: state,
            attempts: Int(row.int(2)),
            firstAttempt: row.optionalDate(3),
            lastError: row.optionalText(4),
            requeued: row.optionalDate(16).map { .init(at: $0, attemptsBefore: Int(row.int(17))) },
            redacted: row.optionalDate(18)
        )
    }
}
