import FoundationEssentials

/// UK civil time, computed: `TimeZone(identifier:)` is nil without full Foundation on Linux (decision 17).
///
/// British Summer Time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
/// A test compares every hour of 1996 to 2037 with Foundation's tables.
package enum LondonTime {
    /// Seconds that London is ahead of UTC at this moment: 0 or 3,600.
    package static func offset(at date: Date) -> Int {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let year = CivilDate(daysSince1970: floorDivide(seconds, 86_400)).year
        return seconds >= changeover(month: 3, year: year) && seconds < changeover(month: 10, year: year) ? 3_600 : 0
    }

    /// The day and the minute of the day that a London clock shows.
    package static func wallClock(at date: Date) -> (day: CivilDate, minute: Int) {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down)) + offset(at: date)
        let day = floorDivide(seconds, 86_400)
        return (CivilDate(daysSince1970: day), (seconds - day * 86_400) / 60)
    }

    /// The day that a London calendar shows.
    package static func day(at date: Date) -> CivilDate { wallClock(at: date).day }

    /// The moment at which a London clock shows this; the first of two (G-043).
    ///
    /// `nil` for a time that does not exist: in the hour that is skipped in March, or past 24:00.
    package static func date(_ day: CivilDate, hour: Int, minute: Int = 0) -> Date? {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        let wall = day.daysSince1970 * 86_400 + hour * 3_600 + minute * 60
        // Summer first: of an ambiguous time the first is the one still in summer time.
        for candidate in [wall - 3_600, wall] {
            let date = Date(timeIntervalSince1970: Double(candidate))
            if candidate + offset(at: date) == wall { return date }
        }
        return nil
    }

    /// When the clocks change in that month, in seconds since 1970.
    private static func changeover(month: Int, year: Int) -> Int {
        let first = CivilDate(daysSince1970: CivilDate.daysSince1970(year: year, month: month, day: 31))
        let back = (first.weekday.rawValue + 1) % 7
        return (first.daysSince1970 - back) * 86_400 + 3_600
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }
}
