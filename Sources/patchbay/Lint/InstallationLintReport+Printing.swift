import Adapters
import Formats

extension InstallationLintReport {
    /// For a person: which message it is, each finding, the count.
    func text(of name: String, _ terminal: TerminalText) -> String {
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
                json.field("ok", isJSON && count(.error) == 0)
                if let message {
                    json.object("message") { json in
                        json.field("name", message.rawValue)
                        json.field("sender", message.sender.rawValue)
                        json.field("clause", message.clause)
                    }
                } else {
                    json.null("message")
                }
                json.field("errors", count(.error))
                json.field("warnings", count(.warning))
                json.array("findings") { json in
                    for finding in findings { finding.write(to: &json) }
                }
            }
        }
    }

    private var title: String {
        guard let message else { return "no message of the Installation contract that could be told" }
        let sender = message.sender == .either ? "from either side" : "from the \(message.sender.rawValue)"
        return "\(message.rawValue), \(sender) (\(message.clause))"
    }
}
