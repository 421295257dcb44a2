import FoundationEssentials

/// A span in which somebody is expected, as two moments. London's clock names and classifies it.
package struct TimeSlot: Hashable, Codable, Sendable {
    package let start: Date
    package let end: Date

    /// `nil` unless it begins before it ends.
    package init?(start: Date, end: Date) {
        guard start < end else { return nil }
        self.start = start
        self.end = end
    }

    /// The day and the hours as suppliers spell them: local date, `HH:MM`, `HH:MM` (T-044, G-043).
    package init?(day: CivilDate, from: String, to: String) {
        guard let start = Self.moment(day, from), let end = Self.moment(day, to) else { return nil }
        self.init(start: start, end: end)
    }

    package var day: CivilDate { LondonTime.day(at: start) }
    package var startTime: String { Self.clock(start) }
    package var endTime: String { Self.clock(end) }

    private static func moment(_ day: CivilDate, _ text: String) -> Date? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1])
        else {
            return nil
        }
        return LondonTime.date(day, hour: hour, minute: minute)
    }

    private static func clock(_ date: Date) -> String {
        let minute = LondonTime.wallClock(at: date).minute
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }
}

extension TimeSlot {
    /// What a tenant reads of a slot (G-042): the kind of day, and which part of it.
    package var classification: String {
        let (day, start) = LondonTime.wallClock(at: start)
        let end = LondonTime.wallClock(at: end).minute
        let dayName =
            switch day.weekday {
            case .saturday: "SATURDAY"
            case .sunday: "SUNDAY"
            case .monday, .tuesday, .wednesday, .thursday, .friday: "WEEKDAY"
            }
        if start < 8 * 60 { return dayName + "_EARLY" }
        if start >= 17 * 60 { return dayName + "_EVENING" }
        if end <= 13 * 60 { return dayName + "_AM" }
        if start >= 12 * 60 { return dayName + "_PM" }
        return dayName
    }

    /// Not a premium slot: a weekday's morning or afternoon.
    package var isStandard: Bool { ["WEEKDAY", "WEEKDAY_AM", "WEEKDAY_PM"].contains(classification) }
}
