import Domain
import FoundationEssentials
import GRDB

/// Lanes: who may deliver which row, and what became of it (decision 9).
extension SQLiteTransaction {
    func claimLanes(at now: Date, limit: Int, lease: String, skipping: Set<Recipient>) throws -> [OutboxRow] {
        let due = try db.all(
            """
            SELECT lane.number, (SELECT min(number) FROM outbox WHERE lane = lane.number AND state = 'queued')
            FROM lane WHERE lease IS NULL AND due <= ? AND recipient NOT IN (SELECT value FROM json_each(?))
            ORDER BY due, lane.number LIMIT ?
            """,
            .date(now),
            skipping.isEmpty ? .text("[]") : .json(try StoredJSON.encode(skipping.map(\.key))),
            .int(Int64(limit))
        ) { row in (lane: row.int(0), head: row.int(1)) }
        return try due.compactMap { try claim($0.head, of: $0.lane, at: now, lease: lease) }
    }

    /// A head that cannot be read is parked with the reason, so that it holds up neither its lane nor all others.
    private func claim(_ head: Int64, of lane: Int64, at now: Date, lease: String) throws -> OutboxRow? {
        do {
            let row = try db.first(Self.parcelByNumber, .int(head), read: Self.parcel)
            guard var row else { return nil }
            try db.run("UPDATE lane SET lease = ? WHERE number = ?", .text(lease), .int(lane))
            guard row.firstAttempt == nil else { return row }
            try db.run("UPDATE outbox SET firstAttempt = ? WHERE number = ?", .date(now), .int(head))
            row.firstAttempt = now
            return row
        } catch let error as StoreError {
            try db.run(
                "UPDATE outbox SET state = 'parked', lastError = ? WHERE number = ?",
                .text(error.description),
                .int(head)
            )
            try moveOn(lane, at: now)
            return nil
        }
    }

    func conclude(_ row: OutboxRow, lease: String, with conclusion: Conclusion, at now: Date) throws -> Bool {
        let held = try db.first(
            """
            SELECT lane.number, attempts FROM outbox AS this JOIN lane ON lane.number = this.lane
            WHERE this.number = ? AND this.state = 'queued' AND lane.lease = ? AND NOT EXISTS (
                SELECT 1 FROM outbox WHERE lane = this.lane AND state = 'queued' AND number < this.number
            )
            """,
            .int(row.number),
            .text(lease)
        ) { row in (lane: row.int(0), attempts: row.int(1)) }
        guard let held else { return false }
        let number = held.attempts + 1
        switch conclusion {
        case .delivered(let attempt):
            try record(attempt, number, of: row, state: .delivered, error: nil)
            try moveOn(held.lane, at: now)
        case .retry(let time, let attempt):
            try record(attempt, number, of: row, state: .queued, error: attempt.outcome)
            try db.run("UPDATE lane SET lease = NULL, due = ? WHERE number = ?", .date(time), .int(held.lane))
        case .parked(let attempt):
            try record(attempt, number, of: row, state: .parked, error: attempt.outcome)
            try moveOn(held.lane, at: now)
        case .expired(let attempt):
            try record(attempt, number, of: row, state: .expired, error: attempt.outcome)
            try moveOn(held.lane, at: now)
        }
        return true
    }

    private func record(
        _ attempt: Attempt,
        _ ordinal: Int64,
        of row: OutboxRow,
        state: OutboxRow.State,
        error: String?
    ) throws {
        try db.run(
            "INSERT INTO attempt (parcel, ordinal, started, milliseconds, status, outcome) VALUES (?, ?, ?, ?, ?, ?)",
            .int(row.number),
            .int(ordinal),
            .date(attempt.started),
            .int(Int64(attempt.milliseconds)),
            .int(attempt.status),
            .text(attempt.outcome)
        )
        try db.run(
            "UPDATE outbox SET state = ?, attempts = ?, lastError = ? WHERE number = ?",
            .text(state.rawValue),
            .int(ordinal),
            .text(error),
            .int(row.number)
        )
    }

    /// Frees a lane for its next row, which is due now: behind those that wait already, so that none starves.
    private func moveOn(_ lane: Int64, at now: Date) throws {
        let next = try db.first(
            "SELECT 1 FROM outbox WHERE lane = ? AND state = 'queued' LIMIT 1",
            .int(lane)
        ) { _ in true }
        if next != nil {
            try db.run("UPDATE lane SET lease = NULL, due = ? WHERE number = ?", .date(now), .int(lane))
        } else {
            try db.run("DELETE FROM lane WHERE number = ?", .int(lane))
        }
    }

    func releaseLeases() throws {
        try db.run("UPDATE lane SET lease = NULL WHERE lease IS NOT NULL")
    }
}
