import FoundationEssentials

/// RFC 3339 by hand, on bytes: a formatter costs more than the rest of reading an order.
///
/// Everything is whole milliseconds. `date(milliseconds:)` is the one spelling of a millisecond as a `Date`, so dates
/// that took different ways (clock, JSON, database) are equal.
package enum Timestamp {
    package static func date(milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// Rounded, because a `Date` holds a millisecond only nearly; held within the years that can be written.
    package static func milliseconds(of date: Date) -> Int64 {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        guard milliseconds > Double(millisecondsRange.lowerBound) else { return millisecondsRange.lowerBound }
        return milliseconds < Double(millisecondsRange.upperBound) ? Int64(milliseconds) : millisecondsRange.upperBound
    }

    /// 0000-01-01T00:00:00Z to 9999-12-31T23:59:59.999Z.
    private static let millisecondsRange: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// `2026-03-01T09:30:00Z`, with exactly three digits of fraction when there are milliseconds.
    package static func format(_ date: Date) -> String {
        var bytes: [UInt8] = []
        append(date, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same instant with `+00:00` in place of `Z`, for readers that know no `Z`.
    package static func formatOffsetZero(_ date: Date) -> String {
        var bytes: [UInt8] = []
        append(date, to: &bytes, zone: "+00:00")
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func parse(_ text: String) -> Date? {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    /// RFC 3339 with a zone and as many digits of fraction as there are, cut to milliseconds.
    ///
    /// A leap second (23:59:60 UTC, and only there) is the first instant of the next day.
    package static func parse(_ utf8: UnsafeBufferPointer<UInt8>) -> Date? { parse(utf8, hasEndOfDay: false) }

    /// - Parameter hasEndOfDay: whether 24:00:00 is there, the first instant of the next day: XML Schema has it, RFC 3339
    ///   has not.
    static func parse(_ utf8: UnsafeBufferPointer<UInt8>, hasEndOfDay: Bool) -> Date? {
        guard utf8.count >= 20 else { return nil }
        guard utf8[10] | 0x20 == UInt8(ascii: "t"), utf8[13] == colon, utf8[16] == colon else { return nil }
        guard
            let day = DateDigits.parse(UnsafeBufferPointer(rebasing: utf8[..<10])),
            let hour = number(utf8, 11..<13), hour < 24 || (hour == 24 && hasEndOfDay),
            let minute = number(utf8, 14..<16), minute < 60,
            let second = number(utf8, 17..<19), second <= 60,
            let (milliseconds, zoneStart) = fraction(utf8, from: 19),
            let offset = zoneMinutes(UnsafeBufferPointer(rebasing: utf8[zoneStart...]))
        else { return nil }
        guard hour < 24 || (minute == 0 && second == 0 && milliseconds == 0) else { return nil }
        let seconds = day.daysSince1970 * 86_400 + hour * 3600 + (minute - offset) * 60 + second
        if second == 60 {
            guard seconds % 86_400 == 0 else { return nil }
            return date(milliseconds: Int64(seconds) * 1000)
        }
        return date(milliseconds: Int64(seconds * 1000 + milliseconds))
    }

    static func append(_ date: Date, to bytes: inout [UInt8], zone: StaticString = "Z") {
        let total = milliseconds(of: date)
        let (days, rest) = total.flooredDivision(by: 86_400_000)
        let digits = DateDigits(daysSince1970: Int(days))
        let milliseconds = Int(rest)
        bytes.appendDigits(digits?.year ?? 0, width: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDigits(digits?.month ?? 1, width: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDigits(digits?.day ?? 1, width: 2)
        bytes.append(UInt8(ascii: "T"))
        bytes.appendDigits(milliseconds / 3_600_000, width: 2)
        bytes.append(colon)
        bytes.appendDigits(milliseconds / 60_000 % 60, width: 2)
        bytes.append(colon)
        bytes.appendDigits(milliseconds / 1000 % 60, width: 2)
        if milliseconds % 1000 != 0 {
            bytes.append(UInt8(ascii: "."))
            bytes.appendDigits(milliseconds % 1000, width: 3)
        }
        bytes.append(zone)
    }

    /// The number that these digits spell; nil if one is no digit.
    static func number(_ utf8: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        var number = 0
        for byte in utf8[range] {
            guard byte.isASCIIDigit else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }

    private static let colon = UInt8(ascii: ":")

    /// The milliseconds of `.digits`, if there are any, and where the zone begins.
    private static func fraction(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> (Int, Int)? {
        guard utf8[start] == UInt8(ascii: ".") else { return (0, start) }
        let digits = utf8[(start + 1)...].prefix(while: \.isASCIIDigit)
        guard !digits.isEmpty, digits.endIndex < utf8.endIndex else { return nil }
        var milliseconds = 0
        for position in 0..<3 {
            let digit = position < digits.count ? Int(digits[start + 1 + position] - UInt8(ascii: "0")) : 0
            milliseconds = milliseconds * 10 + digit
        }
        return (milliseconds, digits.endIndex)
    }

    /// Minutes east of UTC.
    private static func zoneMinutes(_ zone: UnsafeBufferPointer<UInt8>) -> Int? {
        if zone.count == 1 { return zone[0] | 0x20 == UInt8(ascii: "z") ? 0 : nil }
        guard zone.count == 6, zone[3] == colon else { return nil }
        guard zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-") else { return nil }
        guard let hours = number(zone, 1..<3), hours < 24, let minutes = number(zone, 4..<6), minutes < 60 else {
            return nil
        }
        return (zone[0] == UInt8(ascii: "+") ? 1 : -1) * (hours * 60 + minutes)
    }
}

extension Int64 {
    /// Toward minus infinity, so that the remainder is never negative.
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
