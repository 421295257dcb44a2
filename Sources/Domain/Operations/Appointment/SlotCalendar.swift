import FoundationEssentials

/// Which slots a day has, and which days are on offer (G-047): Monday to Friday, a morning and an afternoon by London's
/// clock, from two working days ahead to sixty days ahead.
package enum SlotCalendar {
    /// How far ahead visits can be booked.
    package static let horizonDays = 60
    /// Working days between today and the first visit, so that an engineer can be found.
    package static let leadTimeWorkingDays = 2
    /// The same where the premises need a survey first (SUR, I-040).
    package static let leadTimeWorkingDaysWithSurvey = 10

    /// The slots of a day; none on weekends and bank holidays.
    package static func slots(on day: CivilDate) -> [TimeSlot] {
        guard isWorkingDay(day) else { return [] }
        return [TimeSlot(day: day, from: "08:00", to: "13:00"), TimeSlot(day: day, from: "13:00", to: "18:00")]
            .compactMap { $0 }
    }

    package static func isWorkingDay(_ day: CivilDate) -> Bool {
        switch day.weekday {
        case .saturday, .sunday: false
        case .monday, .tuesday, .wednesday, .thursday, .friday: !BankHolidays.contains(day)
        }
    }

    /// The days that can be booked now.
    package static func bookableDays(
        at now: Date,
        leadTime: Int = leadTimeWorkingDays
    ) -> ClosedRange<CivilDate>? {
        let today = LondonTime.day(at: now)
        let first = self.day(workingDays: leadTime, after: today)
        let last = today.adding(days: horizonDays)
        return first <= last ? first...last : nil
    }

    /// The day that many working days after another.
    package static func day(workingDays count: Int, after start: CivilDate) -> CivilDate {
        var day = start
        var left = count
        while left > 0 {
            day = day.adding(days: 1)
            left -= isWorkingDay(day) ? 1 : 0
        }
        return day
    }

    /// The first slot that can still be kept.
    package static func firstSlot(at now: Date) -> TimeSlot? {
        slots(on: day(workingDays: leadTimeWorkingDays, after: LondonTime.day(at: now))).first
    }
}
