import Formats

/// One look through one JSON message: gathers findings with their places, each once.
class JSONLintPass {
    let root: JSONValue
    private let document: JSONDocument
    private let bytes: [UInt8]
    private var found: [LintFinding] = []

    init(_ document: JSONDocument, _ bytes: [UInt8]) {
        self.document = document
        self.bytes = bytes
        root = document.root
    }

    /// In document order.
    var findings: [LintFinding] {
        found.enumerated()
            .sorted {
                ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
            }
            .map(\.element)
    }

    func report(
        _ clause: String,
        _ severity: LintFinding.Severity,
        at pointer: String,
        _ text: String,
        expected: String
    ) {
        let place = document.find(pointer, in: bytes)
        let finding = LintFinding(
            clause: clause,
            severity: severity,
            line: place.line,
            column: place.column,
            path: pointer,
            text: text,
            expected: expected,
            found: place.value.map(Self.shown) ?? "nothing"
        )
        if !found.contains(finding) { found.append(finding) }
    }

    /// What a reader says of a value, under the clause that rules its place.
    func report(_ problem: Problem, _ severity: LintFinding.Severity, _ clause: String) {
        report(
            clause,
            severity,
            at: problem.pointer,
            Self.sentence(problem),
            expected: Self.expectation(problem)
        )
    }

    private static func sentence(_ problem: Problem) -> String {
        "\(JSONPointer.steps(of: problem.pointer).last ?? "the message") \(problem.message)"
    }

    private static func expectation(_ problem: Problem) -> String {
        let name = JSONPointer.steps(of: problem.pointer).last ?? "a message"
        switch problem.code {
        case .missing: return name
        case .unknownField: return "no such field"
        case .wrongType, .empty, .tooShort, .tooLong, .pattern, .notAllowed, .outOfRange, .duplicate, .rule:
            return wanted(by: problem.message)
        }
    }

    /// What stands between "must be" and the remark on what it is instead.
    private static func wanted(by message: String) -> String {
        guard message.hasPrefix("must ") else { return "as the clause says" }
        let opening = message.hasPrefix("must be ") ? "must be " : "must "
        let wish = message.dropFirst(opening.count)
        let end = [", not ", "; "].compactMap { wish.firstRange(of: $0)?.lowerBound }.min() ?? wish.endIndex
        return String(wish[..<end])
    }

    private static func shown(_ value: JSONValue) -> String {
        switch value.kind {
        case .object: "an object of \(value.count)"
        case .array: "a list of \(value.count)"
        case .string: LintFinding.short("\"\(value.string ?? "")\"")
        case .null, .bool, .integer, .decimal:
            LintFinding.short(JSONWriter.string { $0.value(nil, value) })
        }
    }
}
