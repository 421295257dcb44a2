import FoundationEssentials

/// How late a repair is, in calendar days of London, and whose the days are: what the buyer needs to compensate an end
/// user (T-083, G-141, G-145).
///
/// The operator has two full working days after the day on which it accepted the ticket; every calendar day that begins
/// after them with the fault unresolved is a day of delay. A day belongs to whoever the ticket waited for when it began.
/// A working day that began on hold is none of the operator's two: what that costs later is the hold's as well.
package struct RepairDelay: Equatable, Sendable {
    /// Days of delay for which the operator does not answer, by the time that the clock stood still.
    package struct Exclusion: Equatable, Sendable {
        /// A ``HoldReason``'s code, of 5 characters at most.
        package let reason: String
        package let days: Int
        package let from: Date
        package let until: Date
    }

    /// How long a repair may take before each further day is one of delay (G-145).
    package static let workingDays = 2

    package private(set) var total = 0
    package private(set) var seller = 0
    /// Of at least one day each; their days are ``nonSeller``.
    package private(set) var exclusions: [Exclusion] = []

    package var nonSeller: Int { total - seller }
}

extension RepairClock {
    /// The delay as it is known now, or as it was when the fault was resolved.
    package func delay(until now: Date) -> RepairDelay {
        guard let started else { return RepairDelay() }
        let end = resolved ?? now
        return RepairDelay(from: started, to: end, standstills: standstills(until: end))
    }

    /// The last moment of the operator's two full working days as things stand; holds put it off.
    package func repairDue(until now: Date) -> Date? {
        guard let started else { return nil }
        let held = standstills(until: resolved ?? now)
        var day = LondonTime.day(at: started)
        var left = RepairDelay.workingDays
        while left > 0 {
            day = day.adding(days: 1)
            guard SlotCalendar.isWorkingDay(day), !held.contains(where: { $0.covers(dawn: day) }) else { continue }
            left -= 1
        }
        return day.adding(days: 1).dawn
    }
}

extension RepairDelay {
    fileprivate init(from started: Date, to end: Date, standstills: [RepairClock.Standstill]) {
        /// Full working days until a delay begins, holds or not.
        var untilDelay = Self.workingDays
        /// Full working days that the operator has yet had none of.
        var owed = Self.workingDays
        /// The standstill that last took a working day from the operator.
        var taker: Int?
        var days = Array(repeating: 0, count: standstills.count)

        var day = LondonTime.day(at: started).adding(days: 1)
        let last = LondonTime.day(at: end)
        while day <= last {
            let isWorkingDay = SlotCalendar.isWorkingDay(day)
            let holder = standstills.lastIndex { $0.covers(dawn: day) }
            let isDelay = untilDelay == 0
            if isDelay { total += 1 }
            if let holder {
                if isWorkingDay, owed > 0 { taker = holder }
                if isDelay { days[holder] += 1 }
            } else if owed > 0 {
                if isDelay, let taker { days[taker] += 1 }
                if isWorkingDay { owed -= 1 }
            } else if isDelay {
                seller += 1
            }
            if isWorkingDay, untilDelay > 0 { untilDelay -= 1 }
            day = day.adding(days: 1)
        }
        exclusions = zip(standstills, days).compactMap { standstill, days in
            guard days > 0 else { return nil }
            return Exclusion(reason: standstill.code, days: days, from: standstill.from, until: standstill.until)
        }
    }
}

extension RepairClock.Standstill {
    /// Whether a day began within it.
    fileprivate func covers(dawn day: CivilDate) -> Bool {
        guard let dawn = day.dawn else { return false }
        return from <= dawn && dawn < until
    }
}

extension CivilDate {
    /// When it begins in London: midnight, which every day there has.
    fileprivate var dawn: Date? { LondonTime.date(self, hour: 0) }
}
