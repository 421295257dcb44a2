import Adapters
import Formats

extension LintFinding {
    /// For a person: the sentence, and below it where, what was expected and what was found.
    func lines(_ terminal: TerminalText) -> [String] {
        let place = "\(line)" + (column > 0 ? ":\(column)" : "")
        let style: TerminalText.Style = severity == .error ? .red : .yellow
        var lines = [
            "  \(place)  \(terminal.styled(severity.rawValue, style))  \(clause)  \(TerminalText.harmless(text))"
        ]
        if !path.isEmpty { lines.append("      at        \(terminal.styled(TerminalText.harmless(path), .dim))") }
        lines.append("      expected  \(TerminalText.harmless(expected))")
        lines.append("      found     \(TerminalText.harmless(found))")
        return lines
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("clause", clause)
            json.field("severity", severity.rawValue)
            json.field("line", line)
            json.field("column", column)
            json.field("path", path)
            json.field("text", text)
            json.field("expected", expected)
            json.field("found", found)
        }
    }

    static func counts(errors: Int, warnings: Int) -> String {
        func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
        return "\(count(errors, "error")), \(count(warnings, "warning"))"
    }
}
