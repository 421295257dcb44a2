import Domain
import FoundationEssentials
import GRDB

/// A tenant's messages, looked through and sent once more.
extension SQLiteTransaction {
    /// How many rows one page looks at: some milliseconds of a reader.
    private static let lookedAtMax = 5_000
    /// Spelt as in the indexes, so that SQLite sees that they serve.
    private static let ofTenant = "recipient >= 'tenant/' AND recipient < 'tenant0'"
    private static let givenUp: Set<OutboxRow.State> = [.parked, .expired]

    func parcels(to tenant: TenantID, _ filter: ParcelFilter, after: Int64, limit: Int) throws -> ParcelPage {
        var page = ParcelPage(rows: [], reached: after, isEnd: true)
        var looked = 0
        let goesOn = {
            let goesOn = page.rows.count < limit && looked < Self.lookedAtMax
            if !goesOn { page.isEnd = false }
            return goesOn
        }
        let look = { (row: borrowing SQLiteRow) in
            looked += 1
            page.reached = row.int(0)
            if filter.matches(row) { page.rows.append(try Self.parcel(row)) }
        }
        let recipient = SQLiteValue.text(Recipient.tenant(id: tenant).key)
        if let kind = filter.kind, let entity = filter.entity {
            _ = try db.all(
                Self.parcelsAbout,
                recipient,
                .int(after),
                .kind(kind),
                .int(entity),
                while: goesOn,
                read: look
            )
        } else if !filter.states.isEmpty, filter.states.isSubset(of: Self.givenUp) {
            _ = try db.all(Self.parcelsGivenUp, recipient, .int(after), while: goesOn, read: look)
        } else {
            _ = try db.all(Self.parcelsTo, recipient, .int(after), while: goesOn, read: look)
        }
        return page
    }

    func parcel(_ id: MessageID, to tenant: TenantID) throws -> OutboxRow? {
        try db.first(
            Self.parcelByMessage,
            .text(id.rawValue),
            .text(Recipient.tenant(id: tenant).key),
            read: Self.parcel
        )
    }

    func givenUp(before row: OutboxRow, limit: Int) throws -> [OutboxRow] {
        try db.all(
            Self.parcelsGivenUpBefore,
            .text(row.content.recipient.key),
            .kind(row.content.root.kind),
            .int(row.content.root.number),
            .int(row.number),
            .int(Int64(limit)),
            read: Self.parcel
        )
    }

    /// Cheap where there is nothing to be found, which is nearly always: its index has only what was given up.
    func hasGivenUpNone(to recipient: Recipient, about root: EntityRef) throws -> Bool {
        try db.first(
            """
            SELECT 1 FROM outbox WHERE recipient = ? AND rootKind = ? AND rootNumber = ? AND state IN ('parked', 'expired')
            """,
            .text(recipient.key),
            .kind(root.kind),
            .int(root.number)
        ) { row in row.int(0) } == nil
    }

    func requeue(_ row: OutboxRow, at now: Date) throws -> Bool {
        let lane = try lane(for: row, at: now)
        let queued = try db.run(
            """
            UPDATE outbox SET state = 'queued', lane = ?, requeued = ?, attemptsBefore = attempts, lastError = NULL,
                deaths = 0
            WHERE number = ? AND state IN ('delivered', 'parked', 'expired') AND redacted IS NULL
            """,
            .int(lane),
            .date(now),
            .int(row.number)
        )
        // A lane is there while it has a queued row.
        if queued == 0, try head(of: lane) == nil { try db.run("DELETE FROM lane WHERE number = ?", .int(lane)) }
        return queued > 0
    }

    /// The lane of a message, made ready for one that goes to its front.
    private func lane(for row: OutboxRow, at now: Date) throws -> Int64 {
        let recipient = SQLiteValue.text(row.content.recipient.key)
        let kind = SQLiteValue.kind(row.content.root.kind)
        let number = SQLiteValue.int(row.content.root.number)
        let known = try db.first(
            "SELECT number, lease IS NOT NULL FROM lane WHERE recipient = ? AND rootKind = ? AND rootNumber = ?",
            recipient,
            kind,
            number
        ) { row in (number: row.int(0), isLeased: row.int(1) == 1) }
        guard let known else {
            try db.run(
                "INSERT INTO lane (recipient, rootKind, rootNumber, due, share) VALUES (?, ?, ?, ?, ?)",
                recipient,
                kind,
                number,
                .date(now),
                .text(row.content.share)
            )
            return db.lastInsertedRowID
        }
        let head = try head(of: known.number)
        if known.isLeased {
            // The head is on its way, and will not be the head when its outcome is written down.
            try db.run(
                "UPDATE lane SET underWay = coalesce(underWay, ?) WHERE number = ?",
                head.map { .int($0) } ?? .null,
                .int(known.number)
            )
        } else if head.map({ row.number < $0 }) ?? true {
            // It need not wait as long as what stood at the front.
            try db.run("UPDATE lane SET due = min(due, ?) WHERE number = ?", .date(now), .int(known.number))
        }
        return known.number
    }

    private static let parcelsTo = """
        SELECT \(parcelColumns) FROM outbox WHERE recipient = ? AND number > ? AND \(ofTenant) ORDER BY number
        """
    private static let parcelsAbout = """
        SELECT \(parcelColumns) FROM outbox
        WHERE recipient = ? AND number > ? AND entityKind = ? AND entityNumber = ? ORDER BY number
        """
    private static let parcelsGivenUp = """
        SELECT \(parcelColumns) FROM outbox
        WHERE recipient = ? AND number > ? AND state IN ('parked', 'expired') ORDER BY number
        """
    private static let parcelsGivenUpBefore = """
        SELECT \(parcelColumns) FROM outbox
        WHERE recipient = ? AND rootKind = ? AND rootNumber = ? AND number < ? AND state IN ('parked', 'expired')
        ORDER BY number LIMIT ?
        """
    private static let parcelByMessage = """
        SELECT \(parcelColumns) FROM outbox WHERE messageID = ? AND recipient = ? AND \(ofTenant)
        """
}

extension ParcelFilter {
    /// Whether a row of `parcelColumns` is asked for, before it is decoded.
    fileprivate func matches(_ row: borrowing SQLiteRow) -> Bool {
        if !states.isEmpty, !states.contains(where: { $0.rawValue == row.text(1) }) { return false }
        if let kind, row.text(8) != kind.rawValue { return false }
        if let entity, row.int(9) != entity { return false }
        let created = row.date(12)
        if let from, created < from { return false }
        if let to, created >= to { return false }
        guard let bodyHas else { return true }
        return row.withBytes(15) { $0.contains(bodyHas) }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func contains(_ words: [UInt8]) -> Bool {
        guard let first = words.first, count >= words.count else { return words.isEmpty }
        return (0...(count - words.count)).contains { start in
            self[start] == first && self[start..<start + words.count].elementsEqual(words)
        }
    }
}
