import Domain
import FoundationEssentials
import GRDB

/// What becomes of leases that a dead process held (ADR 20).
///
/// A commit claims what it sends (ADR 6), so a lease that is still there at the start says that the message was under way
/// at the death: attempts that were begun are counted without a commit of their own.
extension SQLiteTransaction {
    /// In place of a process's lease: the lane's message is delivered alone.
    private static let held = "held"
    /// The message that is under way on a leased lane.
    private static let underWay = """
        coalesce(underWay, (SELECT min(number) FROM outbox WHERE outbox.lane = lane.number AND state = 'queued'))
        """

    func releaseLeases() throws {
        try db.run(
            "UPDATE lane SET lease = NULL, underWay = NULL WHERE lease IS NOT NULL AND lease <> ?",
            .text(Self.held)
        )
    }

    func recoverLeases(at now: Date) throws -> Recovery {
        try db.run(
            """
            UPDATE outbox SET deaths = deaths + 1 WHERE state = 'queued' AND number IN (
                SELECT \(Self.underWay) FROM lane WHERE lease IS NOT NULL AND lease <> ?
            )
            """,
            .text(Self.held)
        )
        let parked = try parkDeadly(at: now)
        try db.run(
            """
            UPDATE lane SET lease = ? WHERE lease IS NOT NULL AND EXISTS (
                SELECT 1 FROM outbox WHERE number = \(Self.underWay) AND deaths = ?
            )
            """,
            .text(Self.held),
            .int(Int64(Recovery.deathsMax - 1))
        )
        try releaseLeases()
        let held = try db.first("SELECT count(*) FROM lane WHERE lease = ?", .text(Self.held)) { row in row.int(0) }
        return Recovery(parked: parked, held: Int(held ?? 0))
    }

    func claimHeld(lease: String, at now: Date) throws -> OutboxRow? {
        while let lane = try firstHeld() {
            if let row = try claimHead(of: lane.number, at: now, overtaken: lane.underWay) {
                try db.run("UPDATE lane SET lease = ? WHERE number = ?", .text(lease), .int(lane.number))
                return row
            }
        }
        return nil
    }

    private func firstHeld() throws -> (number: Int64, underWay: Int64?)? {
        try db.first(
            "SELECT number, underWay FROM lane WHERE lease = ? ORDER BY due, number LIMIT 1",
            .text(Self.held)
        ) { row in (row.int(0), row.optionalInt(1)) }
    }

    /// Parks what was under way at too many deaths, and frees its lane.
    private func parkDeadly(at now: Date) throws -> [OutboxRow] {
        let deadly = try db.all(
            """
            SELECT outbox.number, outbox.lane, attempts FROM lane JOIN outbox ON outbox.number = \(Self.underWay)
            WHERE lease IS NOT NULL AND deaths >= ? ORDER BY outbox.number
            """,
            .int(Int64(Recovery.deathsMax))
        ) { row in (number: row.int(0), lane: row.int(1), attempts: row.int(2)) }
        return try deadly.compactMap { found in
            try park(found.number, after: found.attempts, at: now)
            try db.run("UPDATE lane SET underWay = NULL WHERE number = ?", .int(found.lane))
            try release(found.lane, at: now)
            // One that cannot be read is parked all the same; it has nothing to tell its sender.
            return try? db.first(Self.parcelByNumber, .int(found.number), read: Self.parcel)
        }
    }

    private func park(_ number: Int64, after attempts: Int64, at now: Date) throws {
        let attempt = Attempt(
            started: now,
            milliseconds: 0,
            status: nil,
            outcome: "refused: the process ended \(Recovery.deathsMax) times while this message was under way"
        )
        try record(attempt, attempts + 1, of: number, state: .parked, error: attempt.outcome)
    }
}
