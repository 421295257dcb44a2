import Engine
import Formats
import FoundationEssentials

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7), the one form that is still sent.
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// - Parameter seconds: since 1970, which began on a Thursday.
    static func text(_ seconds: Int64) -> String {
        let moment = Array(Timestamp.format(Timestamp.date(milliseconds: seconds * 1_000)))
        let (year, day, time) = (String(moment[0..<4]), String(moment[8..<10]), String(moment[11..<19]))
        let month = Int(String(moment[5..<7])).map { months[$0 - 1] } ?? months[0]
        return "\(weekdays[Int(seconds / 86_400 % 7)]), \(day) \(month) \(year) \(time) GMT"
    }

    /// Seconds since 1970.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split { $0 == " " || $0 == ":" || $0 == "," }.map(String.init)
        guard parts.count == 8, parts[7] == "GMT", let day = Int64(parts[1]),
            let month = months.firstIndex(of: parts[2]),
            let year = Int64(parts[3]), let hour = Int64(parts[4]), let minute = Int64(parts[5]),
            let second = Int64(parts[6]), (1970...9999).contains(year)
        else { return nil }
        // Days from civil (Howard Hinnant): years begin in March, so that the leap day is a year's last.
        let shifted = month < 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((Int64(month) + 10) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// The real time as it was written last: once a second is enough.
    struct Written {
        private let time: TimeSource = .real
        private var second: Int64 = -1
        private var text = ""

        mutating func now() -> String {
            let second = Int64(time.now().timeIntervalSince1970)
            if second != self.second { (self.second, text) = (second, HTTPDate.text(second)) }
            return text
        }
    }
}
