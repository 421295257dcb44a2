/// England's bank holidays, by their rules, and the proclaimed exceptions known in November 2026.
///
/// Computed, not listed, so that no year runs out; a new royal occasion is one more line of the table.
package enum BankHolidays {
    package static func contains(_ day: CivilDate) -> Bool {
        if let verdict = proclaimed[day.description] { return verdict }
        return regular(day)
    }

    /// Days added (`true`) and rules suspended (`false`) by proclamation.
    private static let proclaimed: [String: Bool] = [
        "2020-05-04": false, "2020-05-08": true,
        "2022-05-30": false, "2022-06-02": true, "2022-06-03": true,
        "2022-09-19": true, "2023-05-08": true,
    ]

    private static func regular(_ day: CivilDate) -> Bool {
        switch (day.month, day.weekday) {
        case (1, _): isNewYear(day)
        case (5, .monday): day.day <= 7 || day.day >= 25
        case (8, .monday): day.day >= 25
        case (12, _): isChristmas(day)
        case (3, .friday), (4, .friday): day.adding(days: 2) == easterSunday(day.year)
        case (3, .monday), (4, .monday): day.adding(days: -1) == easterSunday(day.year)
        case _: false
        }
    }

    /// 1 January, or the Monday after a weekend one.
    private static func isNewYear(_ day: CivilDate) -> Bool {
        day.day == 1 || (day.weekday == .monday && (day.day == 2 || day.day == 3))
    }

    /// 25 and 26 December; what falls on a weekend moves to Monday and Tuesday.
    private static func isChristmas(_ day: CivilDate) -> Bool {
        switch day.day {
        case 25, 26: true
        // 27 or 28 on a Monday or Tuesday stand for a 25th or 26th on Saturday or Sunday.
        case 27, 28: day.weekday == .monday || day.weekday == .tuesday
        case _: false
        }
    }

    /// The Gregorian computus of Meeus, Jones and Butcher.
    private static func easterSunday(_ year: Int) -> CivilDate? {
        let a = year % 19
        let b = year / 100
        let c = year % 100
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let month = (h + l - 7 * m + 114) / 31
        return CivilDate(year: year, month: month, day: (h + l - 7 * m + 114) % 31 + 1)
    }
}
