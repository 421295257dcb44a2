import Domain
import FoundationEssentials
import GRDB

/// Lanes: who may deliver which row, and what became of it (decision 9).
extension SQLiteTransaction {
    func claimLanes(at now: Date, lease: String, room: Room) throws -> [OutboxRow] {
        guard !room.isFull else { return [] }
        let (full, fullShares) = (room.full, room.fullShares)
        var room = room
        let lanes = try db.all(
            """
            SELECT number, recipient, share FROM lane
            WHERE lease IS NULL AND due <= ? AND recipient NOT IN (SELECT value FROM json_each(?))
                AND (share IS NULL OR recipient || char(31) || share NOT IN (SELECT value FROM json_each(?)))
            ORDER BY due, number
            """,
            .date(now),
            full.isEmpty ? .text("[]") : .json(try StoredJSON.encode(full.map(\.key))),
            fullShares.isEmpty ? .text("[]") : .json(try StoredJSON.encode(fullShares.map(\.stored))),
            while: { !room.isFull }
        ) { row -> Int64? in
            // A recipient that cannot be read is claimed as well: its head is then parked with the reason.
            guard let recipient = Recipient(key: row.text(1)) else { return row.int(0) }
            return room.admit(InFlightKey(recipient, share: row.optionalText(2))) ? row.int(0) : nil
        }
        return try lanes.compactMap { lane in try lane.flatMap { try self.lease($0, to: lease, at: now) } }
    }

    /// The lane's head, leased; `nil` if there is none left.
    private func lease(_ lane: Int64, to lease: String, at now: Date) throws -> OutboxRow? {
        guard let row = try claimHead(of: lane, at: now) else { return nil }
        try db.run("UPDATE lane SET lease = ? WHERE number = ?", .text(lease), .int(lane))
        return row
    }

    /// The lane's head, marked as tried; `nil` if there is none left, and then the lane is gone.
    ///
    /// A head that cannot be read is parked with the reason, so that it holds up neither its lane nor all others.
    ///
    /// - Parameter overtaken: to be claimed before the head: it was under way when another went to the front.
    func claimHead(of lane: Int64, at now: Date, overtaken: Int64? = nil) throws -> OutboxRow? {
        var overtaken = overtaken
        while let head = try overtaken ?? head(of: lane) {
            overtaken = nil
            do {
                guard var row = try db.first(Self.parcelByNumber, .int(head), read: Self.parcel) else { break }
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
            }
        }
        try db.run("DELETE FROM lane WHERE number = ?", .int(lane))
        return nil
    }

    func head(of lane: Int64) throws -> Int64? {
        try db.first(
            "SELECT number FROM outbox WHERE lane = ? AND state = 'queued' ORDER BY number LIMIT 1",
            .int(lane)
        ) { row in row.int(0) }
    }

    func conclude(
        _ row: OutboxRow,
        lease: String,
        with conclusion: Conclusion,
        at now: Date,
        onward: Onward
    ) throws -> Concluded {
        let held = try db.first(
            """
            SELECT lane.number, attempts, lane.underWay FROM outbox AS this JOIN lane ON lane.number = this.lane
            WHERE this.number = ? AND this.state = 'queued' AND lane.lease = ? AND (
                lane.underWay = this.number OR lane.underWay IS NULL AND NOT EXISTS (
                    SELECT 1 FROM outbox WHERE lane = this.lane AND state = 'queued' AND number < this.number
                )
            )
            """,
            .int(row.number),
            .text(lease)
        ) { row in (lane: row.int(0), attempts: row.int(1), wasOvertaken: !row.isNull(2)) }
        guard let held else { return .lost }
        if held.wasOvertaken { try db.run("UPDATE lane SET underWay = NULL WHERE number = ?", .int(held.lane)) }
        let number = held.attempts + 1
        switch conclusion {
        case .delivered(let attempt):
            try record(attempt, number, of: row.number, state: .delivered, error: nil)
        case .retry(let time, let attempt):
            try record(attempt, number, of: row.number, state: .queued, error: attempt.outcome)
            try db.run("UPDATE lane SET lease = NULL, due = ? WHERE number = ?", .date(time), .int(held.lane))
            return .done(next: nil)
        case .postponed(let time):
            // Nothing was tried: the first attempt is still to come. A message that may end the process is not cleared of
            // it by that, but need not be delivered alone any more.
            try db.run(
                """
                UPDATE outbox SET firstAttempt = CASE attempts WHEN 0 THEN NULL ELSE firstAttempt END,
                    deaths = min(deaths, 1)
                WHERE number = ? AND (attempts = 0 OR deaths > 1)
                """,
                .int(row.number)
            )
            try db.run("UPDATE lane SET lease = NULL, due = ? WHERE number = ?", .date(time), .int(held.lane))
            return .done(next: nil)
        case .parked(let attempt):
            try record(attempt, number, of: row.number, state: .parked, error: attempt.outcome)
        case .expired(let attempt):
            try record(attempt, number, of: row.number, state: .expired, error: attempt.outcome)
        }
        switch onward {
        case .lane:
            return .done(next: try claimHead(of: held.lane, at: now))
        case .nothing:
            try release(held.lane, at: now)
            return .done(next: nil)
        case .recipient, .share:
            try release(held.lane, at: now)
            let key = InFlightKey(row.content.recipient, share: onward == .share ? row.content.share : nil)
            return .done(next: try claimLongestWaiting(for: key, lease: lease, at: now))
        }
    }

    func record(
        _ attempt: Attempt,
        _ ordinal: Int64,
        of number: Int64,
        state: OutboxRow.State,
        error: String?
    ) throws {
        try db.run(
            "INSERT INTO attempt (parcel, ordinal, started, milliseconds, status, outcome) VALUES (?, ?, ?, ?, ?, ?)",
            .int(number),
            .int(ordinal),
            .date(attempt.started),
            .int(Int64(attempt.milliseconds)),
            .int(attempt.status),
            .text(attempt.outcome)
        )
        try db.run(
            "UPDATE outbox SET state = ?, attempts = ?, lastError = ?, deaths = 0 WHERE number = ?",
            .text(state.rawValue),
            .int(ordinal),
            .text(error),
            .int(number)
        )
    }

    /// Frees a lane for its next row: due now, behind those that wait already. One without rows is gone.
    func release(_ lane: Int64, at now: Date) throws {
        if try head(of: lane) == nil {
            try db.run("DELETE FROM lane WHERE number = ?", .int(lane))
        } else {
            try db.run("UPDATE lane SET lease = NULL, due = ? WHERE number = ?", .date(now), .int(lane))
        }
    }

    private func claimLongestWaiting(for key: InFlightKey, lease: String, at now: Date) throws -> OutboxRow? {
        while let lane = try longestWaiting(for: key, at: now) {
            if let row = try self.lease(lane, to: lease, at: now) { return row }
        }
        return nil
    }

    private func longestWaiting(for key: InFlightKey, at now: Date) throws -> Int64? {
        if let share = key.share {
            return try db.first(
                """
                SELECT number FROM lane WHERE recipient = ? AND share = ? AND lease IS NULL AND due <= ?
                ORDER BY due, number LIMIT 1
                """,
                .text(key.recipient.key),
                .text(share),
                .date(now)
            ) { row in row.int(0) }
        }
        return try db.first(
            "SELECT number FROM lane WHERE recipient = ? AND lease IS NULL AND due <= ? ORDER BY due, number LIMIT 1",
            .text(key.recipient.key),
            .date(now)
        ) { row in row.int(0) }
    }
}

extension InFlightKey {
    /// As a lane's two columns are put together: no identifier has the character between them.
    fileprivate var stored: String { "\(recipient.key)\u{1F}\(share ?? "")" }
}
