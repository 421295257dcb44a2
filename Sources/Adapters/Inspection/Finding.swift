/// Something that is wrong with what the program is to be run with, or soon will be.
package struct Finding: Equatable, Sendable {
    package enum Severity: String, Sendable {
        /// It does not work so, or gives away what it should keep.
        case error
        /// It works, at least today.
        case warning
    }

    package let severity: Severity
    /// Where it was named: a JSON pointer into the configuration, or an option of the command.
    package let place: String
    /// What was seen, for a person.
    package let seen: String
    /// What to do; `nil` where what was seen says it.
    package let advice: String?

    package init(_ severity: Severity, _ place: String, _ seen: String, _ advice: String?) {
        self.severity = severity
        self.place = place
        self.seen = seen
        self.advice = advice
    }

    static func error(_ place: String, _ seen: String, _ advice: String) -> Finding {
        Finding(.error, place, seen, advice)
    }

    static func warning(_ place: String, _ seen: String, _ advice: String) -> Finding {
        Finding(.warning, place, seen, advice)
    }
}
