import Domain
import FoundationEssentials
import GRDB

/// Timers, and what waits for a time.
extension SQLiteTransaction {
    func arm(_ timer: TimerKey, at due: Date) throws {
        try db.run(
            """
            INSERT INTO timer (kind, number, alarm, due) VALUES (?, ?, ?, ?)
            ON CONFLICT (kind, number, alarm) DO UPDATE SET due = excluded.due
            """,
            .kind(timer.entity.kind),
            .int(timer.entity.number),
            .text(timer.alarm),
            .date(due)
        )
    }

    func disarm(_ timer: TimerKey) throws {
        try db.run(
            "DELETE FROM timer WHERE kind = ? AND number = ? AND alarm = ?",
            .kind(timer.entity.kind),
            .int(timer.entity.number),
            .text(timer.alarm)
        )
    }

    func moveWaits(_ waits: [WaitKey], by step: Duration, dueAfter time: Date) throws {
        let (seconds, attoseconds) = step.components
        let milliseconds = SQLiteValue.int(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
        try db.run("UPDATE lane SET due = due + ? WHERE due > ?", milliseconds, .date(time))
        for wait in waits {
            try db.run(
                "UPDATE timer SET due = due + ? WHERE kind = ? AND alarm = ? AND due > ?",
                milliseconds,
                .kind(wait.kind),
                .text(wait.alarm),
                .date(time)
            )
        }
    }

    func dueTimers(at now: Date, limit: Int) throws -> [ArmedTimer] {
        try db.all(
            "SELECT kind, number, alarm, due FROM timer WHERE due <= ? ORDER BY due, kind, number, alarm LIMIT ?",
            .date(now),
            .int(Int64(limit))
        ) { row in
            let kind = try row.kind(0, of: "timer of \(row.text(0))/\(row.int(1))")
            let key = TimerKey(entity: EntityRef(kind: kind, number: row.int(1)), alarm: row.text(2))
            return ArmedTimer(key: key, due: row.date(3))
        }
    }

    func isArmed(_ timer: TimerKey, dueBy now: Date) throws -> Bool {
        try db.first(
            "SELECT 1 FROM timer WHERE kind = ? AND number = ? AND alarm = ? AND due <= ?",
            .kind(timer.entity.kind),
            .int(timer.entity.number),
            .text(timer.alarm),
            .date(now)
        ) { _ in true } ?? false
    }

    func nextDue() throws -> Date? {
        let times = try db.first(
            "SELECT (SELECT min(due) FROM lane WHERE lease IS NULL), (SELECT min(due) FROM timer)"
        ) { row in [row.optionalDate(0), row.optionalDate(1)] }
        return times?.compactMap(\.self).min()
    }

    func dueCount(at now: Date) throws -> DueCount {
        let counts = try db.first(
            """
            SELECT (SELECT count(*) FROM lane WHERE lease IS NULL AND due <= ?1),
                (SELECT count(*) FROM timer WHERE due <= ?1)
            """,
            .date(now)
        ) { row in DueCount(lanes: Int(row.int(0)), timers: Int(row.int(1))) }
        return counts ?? DueCount(lanes: 0, timers: 0)
    }
}
