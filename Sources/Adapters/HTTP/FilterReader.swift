import Domain
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Reads the parameters of a `GET` whose filters people spell, and reports everything that is wrong with them: a parameter that nobody
/// knows as well, for a filter that is spelt wrongly would show too much.
final class FilterReader {
    /// Of a value: longer than any reference, name or code of ours.
    static let charactersMax = 100

    let problems = Problems()
    private var values: [String: String] = [:]

    init(_ request: Request, knows names: [String]) {
        for (key, value) in request.uri.queryParameters {
            let name = String(key)
            if !names.contains(name) {
                report(.unknownField, name, "is not a parameter; there are: \(names.joined(separator: ", "))")
            } else if values[name] != nil {
                report(.duplicate, name, "must be given once")
            } else if value.unicodeScalars.count > Self.charactersMax {
                report(.tooLong, name, "must have at most \(Self.charactersMax) characters")
            } else if !value.isEmpty {
                values[name] = String(value)
            }
        }
    }

    func text(_ name: String) -> String? { values[name] }

    func choice<T: RawRepresentable<String> & CaseIterable>(_ name: String, as: T.Type = T.self) -> T? {
        choice(name, of: T.allCases.map(\.rawValue)).flatMap(T.init)
    }

    func choice(_ name: String, of allowed: [String]) -> String? {
        guard let text = values[name] else { return nil }
        if allowed.contains(text) { return text }
        report(.notAllowed, name, "must be one of \(allowed.joined(separator: ", "))")
        return nil
    }

    func bool(_ name: String) -> Bool? {
        guard let text = values[name] else { return nil }
        guard ["true", "false"].contains(text) else {
            report(.notAllowed, name, "must be true or false")
            return nil
        }
        return text == "true"
    }

    func number(_ name: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let text = values[name] else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            report(.outOfRange, name, "must be a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// Where a page begins, and how long it is at most.
    func page(max: Int) -> (after: Int64, limit: Int) {
        let after = number("after", in: 0...Int64.max) ?? 0
        return (after, number("limit", in: 1...Int64(max)).map(Int.init) ?? max)
    }

    /// A day of London's calendar.
    func day(_ name: String) -> CivilDate? {
        guard let text = values[name] else { return nil }
        if let day = CivilDate(text) { return day }
        report(.pattern, name, "must be a day such as 2027-01-31")
        return nil
    }

    /// `PnDTnHnMnS`
    func duration(_ name: String) -> Duration? {
        guard let text = values[name] else { return nil }
        guard let duration = ISODuration.parse(text) else {
            report(.pattern, name, "must be an ISO 8601 duration such as PT48H or P2D")
            return nil
        }
        return duration
    }

    /// A day of London's calendar, or a moment with its zone.
    ///
    /// - Parameter isEnd: a day counts to its last moment.
    func moment(_ name: String, isEnd: Bool) -> Date? {
        guard let text = values[name] else { return nil }
        if let day = CivilDate(text) { return LondonTime.date(isEnd ? day.adding(days: 1) : day, hour: 0) }
        if let moment = Timestamp.parse(text) { return moment }
        report(.pattern, name, "must be a day such as 2027-01-31, or a date-time with a zone")
        return nil
    }

    func report(_ code: Problem.Code, _ name: String, _ message: String) {
        problems.report(code, at: "?\(name)", "\(name) \(message).")
    }

    func finish() throws(APIError) {
        guard problems.isEmpty else { throw .malformed(problems.all) }
    }
}
