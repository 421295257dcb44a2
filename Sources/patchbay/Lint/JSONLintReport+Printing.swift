import Adapters
import Formats

extension JSONLintReport {
    /// For a person: which message it is, each finding, the count.
    func text(of name: String, _ terminal: TerminalText) -> String {
        let title = "\(message.name), from the \(message.sender) (\(message.clause))"
        var lines = [terminal.styled(TerminalText.harmless(name), .bold) + ": " + title]
        for finding in findings { lines += finding.lines(terminal) }
        lines.append(LintFinding.counts(errors: count(.error), warnings: count(.warning)))
        return lines.joined(separator: "\n")
    }

    /// One document: everything that the text says, by name.
    func json(of name: String) -> String {
        JSONWriter.string { json in
            json.object { json in
                json.field("file", name)
                json.field("ok", count(.error) == 0)
                json.object("message") { json in
                    json.field("name", message.name)
                    json.field("sender", message.sender)
                    json.field("clause", message.clause)
                }
                json.field("errors", count(.error))
                json.field("warnings", count(.warning))
                json.array("findings") { json in
                    for finding in findings { finding.write(to: &json) }
                }
            }
        }
    }
}
