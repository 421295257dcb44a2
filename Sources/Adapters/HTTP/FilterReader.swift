import Domain
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Reads the parameters of a query, of every list and every question alike, and reports everything that is wrong with them.
///
/// Names and values are decoded as a form's are. An empty value is an absent one (§2). A list is repeated, or separated by
/// commas, under its name or its name and `[]`; what is no list may be given once.
final class FilterReader {
    /// Of a value: longer than any reference, name or code of ours.
    static let charactersMax = 100
    /// Of a number: as many as an id of ours has (X-47).
    private static let digitsMax = 16

    /// How an API points at a parameter in its errors.
    enum Style {
        /// `?name`, and a sentence with the name in it: of the APIs of staff.
        case sentence
        /// `/name`, as in a body: of the Tenant API.
        case pointer
    }

    let problems: Problems
    private let style: Style
    private var values: [String: [String]] = [:]
    /// Some of the query is not URL-encoded, so nothing can be said of its parameters.
    private(set) var isMalformed = false

    /// Each parameter that is there, in the order of names.
    var names: [String] { values.keys.sorted() }

    init(_ request: Request, problems: Problems = Problems(), style: Style) {
        self.problems = problems
        self.style = style
        for pair in (request.uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = FormText.decode(parts[0]), let value = FormText.decode(parts.count == 2 ? parts[1] : "")
            else {
                isMalformed = true
                problems.report(.wrongType, at: "", "The query is not URL-encoded.")
                continue
            }
            let key = name.hasSuffix("[]") ? String(name.dropLast(2)) : name
            if !value.isEmpty { values[key, default: []].append(value) }
        }
    }

    /// Of an API of staff, which refuses a parameter that it does not know: a filter that is misspelt would show too much.
    convenience init(_ request: Request, knows names: [String]) {
        self.init(request, style: .sentence)
        let choice = names.isEmpty ? "there is none" : "there are: \(names.joined(separator: ", "))"
        for name in unknown(beside: names) { report(.unknownField, name, "is not a parameter; \(choice)") }
    }

    /// Of an API whose callers are other people's programs, which passes over a parameter that it does not know.
    ///
    /// - Returns: the reader, and a warning for each parameter that is passed over.
    /// - Throws: what cannot be read at all.
    static func lenient(_ request: Request, knows names: Set<String>) throws(APIError) -> (FilterReader, [String]) {
        let query = FilterReader(request, style: .pointer)
        try query.finish()
        return (query, query.unknown(beside: names).map(warning(about:)))
    }

    func unknown(beside known: some Collection<String>) -> [String] { names.filter { !known.contains($0) } }

    static func warning(about name: String) -> String { "/\(name) is unknown and was ignored" }

    func has(_ name: String) -> Bool { values[name] != nil }

    /// All values as they were given; nothing is looked at.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// The one value, of any length.
    func single(_ name: String) -> String? {
        let all = all(name)
        if all.count > 1 { report(.duplicate, name, "must be given once") }
        return all.first
    }

    /// The one value.
    func text(_ name: String) -> String? {
        guard let text = single(name) else { return nil }
        return isShort(text, name) ? text : nil
    }

    func list(_ name: String) -> [String] {
        all(name).flatMap { $0.split(separator: ",").map { String($0) } }.filter { isShort($0, name) }
    }

    private func isShort(_ text: String, _ name: String) -> Bool {
        guard text.unicodeScalars.count > Self.charactersMax else { return true }
        report(.tooLong, name, "must have at most \(Self.charactersMax) characters")
        return false
    }

    func choice<T: RawRepresentable<String> & CaseIterable>(_ name: String, as: T.Type = T.self) -> T? {
        choice(name, of: T.allCases.map(\.rawValue)).flatMap(T.init)
    }

    func choice(_ name: String, of allowed: [String]) -> String? {
        guard let text = text(name) else { return nil }
        if allowed.containsExactly(text) { return text }
        report(.notAllowed, name, "must be one of \(allowed.joined(separator: ", "))")
        return nil
    }

    /// Several, any of which will do.
    func choices<T: RawRepresentable<String> & CaseIterable>(_ name: String, as: T.Type = T.self) -> [T] {
        choices(name, of: T.allCases.map(\.rawValue)).compactMap(T.init)
    }

    func choices(_ name: String, of allowed: [String]) -> [String] {
        list(name).filter { value in
            if allowed.containsExactly(value) { return true }
            report(.notAllowed, name, "must be among \(allowed.joined(separator: ", "))")
            return false
        }
    }

    func bool(_ name: String) -> Bool? {
        guard let text = text(name) else { return nil }
        guard ["true", "false"].contains(text) else {
            report(.notAllowed, name, "must be true or false")
            return nil
        }
        return text == "true"
    }

    /// Lexically, in no more digits than an id has (decision 18), but where the range needs them.
    func number(_ name: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let text = text(name) else { return nil }
        let digitsMax = max(Self.digitsMax, String(range.upperBound).utf8.count)
        if text.utf8.count <= digitsMax, text.utf8.allSatisfy(\.isASCIIDigit), let number = Int64(text),
            range.contains(number)
        {
            return number
        }
        report(.outOfRange, name, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    /// Where a page begins, and how long it is at most.
    func page(max: Int) -> (after: Int64, limit: Int) {
        let after = number("after", in: 0...Int64.max) ?? 0
        return (after, number("limit", in: 1...Int64(max)).map(Int.init) ?? max)
    }

    /// A day of London's calendar.
    func day(_ name: String) -> CivilDate? {
        guard let text = text(name) else { return nil }
        if let day = CivilDate(text) { return day }
        report(.pattern, name, "must be a day such as 2027-01-31")
        return nil
    }

    /// `PnDTnHnMnS`
    func duration(_ name: String) -> Duration? {
        guard let text = text(name) else { return nil }
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
        guard let text = text(name) else { return nil }
        if let day = CivilDate(text) { return LondonTime.date(isEnd ? day.adding(days: 1) : day, hour: 0) }
        if let moment = Timestamp.parse(text) { return moment }
        report(.pattern, name, "must be a day such as 2027-01-31, or a date-time with a zone")
        return nil
    }

    func report(_ code: Problem.Code, _ name: String, _ message: String) {
        switch style {
        case .sentence: problems.report(code, at: "?\(name)", "\(name) \(message).")
        case .pointer: problems.report(code, at: "/\(name)", message)
        }
    }

    func finish() throws(APIError) {
        guard problems.isEmpty else { throw .malformed(problems.all) }
    }
}
