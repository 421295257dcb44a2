import Domain
import Formats

/// One look through one message: gathers what the schemas say and what the traps know, each finding once.
///
/// A class because the checks of parts share what they find.
final class LintPass {
    let message: LintedMessage
    let element: XMLElement
    private let document: LintedDocument
    /// - `missing`: what is not in the element, where the trap is about that.
    private var traps: [(number: Int, missing: String?, finding: LintFinding)] = []
    private var schema: [(number: Int, finding: LintFinding)] = []
    private var readers: [(number: Int, missing: String?, finding: LintFinding)] = []

    init(_ message: LintedMessage, _ element: XMLElement, in document: LintedDocument) {
        self.message = message
        self.element = element
        self.document = document
    }

    /// A known trap at an element. What a schema or the receiver's reader says of the same element is said by this one, and
    /// weighs as much.
    func report(
        _ clause: String,
        _ severity: LintFinding.Severity,
        at element: XMLElement,
        _ text: String,
        expected: String,
        found: String? = nil
    ) {
        let found = found ?? SchemaWords.shown(element)
        let spot = document[element]
        traps.append((spot.number, nil, finding(clause, severity, spot, text, expected, found)))
    }

    /// A known trap that something is not in an element; whatever else is wrong in there is still said.
    func report(
        _ clause: String,
        _ severity: LintFinding.Severity,
        missing name: String,
        in element: XMLElement,
        _ text: String
    ) {
        let spot = document[element]
        traps.append((spot.number, name, finding(clause, severity, spot, text, name, "nothing")))
    }

    /// What a schema says; `forgives` what the receiver takes all the same.
    func report(_ problems: [(problem: XMLProblem, element: XMLElement)], forgiven: Bool) {
        for (problem, element) in problems {
            let spot = document[element]
            // Of one element libxml2 says first what is wrong, then that its type is therefore not met.
            guard !schema.contains(where: { $0.number == spot.number }) else { continue }
            let words = SchemaWords(problem, at: element)
            let clause = LintClauses.clause(of: words.allowed.first ?? element.name, in: message)
            let severity = forgiven ? LintFinding.Severity.warning : .error
            schema.append(
                (spot.number, finding(clause, severity, spot, words.text, words.expected, words.found))
            )
        }
    }

    /// What the receiver's reader refuses, where the schema does not.
    func report(_ found: TicketFields.Found) {
        let (field, text) = (found.problem.pointer, found.problem.message)
        let spot = document[found.place]
        let said = finding(
            LintClauses.clause(of: field, in: message),
            .error,
            spot,
            found.isMissing ? "\(field) is missing" : "\(field): \(text)",
            found.isMissing ? field : "what the receiver can read",
            found.isMissing ? "nothing" : SchemaWords.shown(found.place)
        )
        readers.append((spot.number, found.isMissing ? field : nil, said))
    }

    /// All that was found, in document order.
    var findings: [LintFinding] {
        let refused = Set(schema.filter { $0.finding.severity == .error }.map(\.number))
        var all: [(number: Int, finding: LintFinding)] = traps.map { trap in
            var finding = trap.finding
            if trap.missing == nil && refused.contains(trap.number)
                || readers.contains(where: { $0.number == trap.number && $0.missing == trap.missing })
            {
                finding.severity = .error
            }
            return (trap.number, finding)
        }
        all += schema.filter { said in
            !traps.contains { $0.number == said.number && ($0.missing == nil || said.finding.severity == .warning) }
        }
        all += readers.filter { said in
            !refused.contains(said.number)
                && !traps.contains { $0.number == said.number && $0.missing == said.missing }
        }
        .map { (number: $0.number, finding: $0.finding) }
        return all.enumerated()
            .sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }
            .map(\.element.finding)
    }

    private func finding(
        _ clause: String,
        _ severity: LintFinding.Severity,
        _ spot: LintedDocument.Spot,
        _ text: String,
        _ expected: String,
        _ found: String
    ) -> LintFinding {
        LintFinding(
            clause: clause,
            severity: severity,
            line: spot.place.line,
            column: spot.place.column,
            path: spot.path,
            text: text,
            expected: expected,
            found: found
        )
    }
}

extension XMLElement {
    /// The first child's text, where there is one that says something (N-12).
    func said(_ name: String) -> String? {
        guard let text = text(of: name), !text.isEmpty else { return nil }
        return text
    }

    /// Every element of a name, at any depth, in document order. Recursion ends with the parser's depth.
    func descendants(_ name: String) -> [XMLElement] {
        children.flatMap { ($0.isNamed(name) ? [$0] : []) + $0.descendants(name) }
    }
}
