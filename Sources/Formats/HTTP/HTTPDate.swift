import FoundationEssentials

/// A date as HTTP writes it (RFC 9110 §5.6.7): read in all three forms, written in the one that is still sent.
package enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    /// Longer than every form; what is longer is no date, and not worth taking apart.
    private static let bytesMax = 40

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///
    /// - Parameter seconds: since 1970, which began on a Thursday; held within the years that can be written.
    package static func text(_ seconds: Int64) -> String {
        let held = min(max(seconds, -62_167_219_200), 253_402_300_799)
        let moment = Array(Timestamp.format(Timestamp.date(milliseconds: held * 1_000)))
        let (year, day, time) = (String(moment[0..<4]), String(moment[8..<10]), String(moment[11..<19]))
        let month = Int(String(moment[5..<7])).map { months[$0 - 1] } ?? months[0]
        let days = Int(held >= 0 ? held / 86_400 : (held - 86_399) / 86_400)
        return "\(weekdays[(days % 7 + 7) % 7]), \(day) \(month) \(year) \(time) GMT"
    }

    /// Seconds since 1970; `nil` for what is no date of one of the three forms, or a day or time that there is not. The day of the
    /// week is not compared.
    ///
    /// - Parameter now: by which a year of two digits is read: no more than 50 years from then.
    package static func seconds(_ text: String, now: Date) -> Int64? {
        guard text.utf8.count <= bytesMax else { return nil }
        let parts = text.split(separator: " ", omittingEmptySubsequences: true)
        switch parts.count {
        // Sun, 06 Nov 1994 08:49:37 GMT
        case 6 where parts[0].utf8.last == UInt8(ascii: ",") && parts[5] == "GMT":
            return seconds(year(parts[3]), parts[2], number(parts[1], digits: 2...2), parts[4])
        // Sunday, 06-Nov-94 08:49:37 GMT
        case 4 where parts[0].utf8.last == UInt8(ascii: ",") && parts[3] == "GMT":
            let day = parts[1].split(separator: "-", omittingEmptySubsequences: false)
            guard day.count == 3 else { return nil }
            return seconds(shortYear(day[2], now), day[1], number(day[0], digits: 2...2), parts[2])
        // Sun Nov  6 08:49:37 1994
        case 5: return seconds(year(parts[4]), parts[1], number(parts[2], digits: 1...2), parts[3])
        case _: return nil
        }
    }

    private static func seconds(_ year: Int?, _ month: Substring, _ day: Int?, _ time: Substring) -> Int64? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false)
        guard let year, let month = months.firstIndex(of: String(month)), let day,
            let date = DateDigits(year: year, month: month + 1, day: day), clock.count == 3,
            let hour = number(clock[0], digits: 2...2), hour < 24,
            let minute = number(clock[1], digits: 2...2), minute < 60,
            // A leap second is the first of the next minute.
            let second = number(clock[2], digits: 2...2), second <= 60
        else { return nil }
        return Int64(date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second)
    }

    private static func year(_ text: Substring) -> Int? { number(text, digits: 4...4) }

    private static func shortYear(_ text: Substring, _ now: Date) -> Int? {
        guard let short = number(text, digits: 2...2),
            let present = Int(Timestamp.format(now).prefix(4))
        else { return nil }
        let guess = present - present % 100 + short
        return guess > present + 50 ? guess - 100 : guess
    }

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int(text)
    }
}
