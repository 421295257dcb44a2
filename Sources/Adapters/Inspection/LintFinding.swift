/// One thing about a message that its receiver would refuse, or forgive.
package struct LintFinding: Equatable, Sendable {
    package enum Severity: String, Sendable, CaseIterable, Comparable {
        /// The receiver forgives it; another receiver may not.
        case warning
        /// The receiver refuses it, or reads something else than is meant.
        case error

        package static func < (left: Severity, right: Severity) -> Bool { left == .warning && right == .error }
    }

    /// Where the contract rules it: `T-012`, `X-05`.
    package var clause: String
    package var severity: Severity
    /// Of the element's start tag, or of the place where the bytes break; from 1.
    package var line: Int
    /// From 1, in characters; 0 where only the line is known.
    package var column: Int
    /// Of XML local names from the root on, `/addFaultReport/updates/update[2]/updatedBy`; of JSON a pointer, `/params/ont`.
    /// Empty where the bytes break.
    package var path: String
    /// What is wrong, in a sentence.
    package var text: String
    package var expected: String
    package var found: String

    /// The longest piece of a document that is shown as found: enough to recognise a value, too short to flood a terminal.
    static let foundCharactersMax = 60

    /// As much of a text as a finding shows.
    static func short(_ text: String) -> String {
        guard text.unicodeScalars.count > foundCharactersMax else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(foundCharactersMax))) + "…"
    }
}
