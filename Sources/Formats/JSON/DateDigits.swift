/// A day as it is written, `YYYY-MM-DD`, and one that exists in the (proleptic Gregorian) calendar.
///
/// Only digits: what a day means, and where, is `Domain`'s business.
package struct DateDigits: Equatable, Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Nil if there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= Self.days(inMonth: month, of: year) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    package static func parse(_ text: String) -> DateDigits? {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    package static func parse(_ utf8: UnsafeBufferPointer<UInt8>) -> DateDigits? {
        guard utf8.count == 10, utf8[4] == UInt8(ascii: "-"), utf8[7] == UInt8(ascii: "-") else { return nil }
        guard
            let year = Timestamp.number(utf8, 0..<4),
            let month = Timestamp.number(utf8, 5..<7),
            let day = Timestamp.number(utf8, 8..<10)
        else { return nil }
        return DateDigits(year: year, month: month, day: day)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        case _: 31
        }
    }
}

extension DateDigits: CustomStringConvertible, Comparable {
    package var description: String {
        var bytes: [UInt8] = []
        bytes.appendDigits(year, width: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDigits(month, width: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDigits(day, width: 2)
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func < (left: DateDigits, right: DateDigits) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension DateDigits {
    /// Days since 1970-01-01 (Howard Hinnant's civil-from-days arithmetic, in eras of 400 years).
    package var daysSince1970: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Nil outside the years 0 to 9999, which four digits cannot spell.
    package init?(daysSince1970 days: Int) {
        guard (-719_528...2_932_896).contains(days) else { return nil }
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }
}
