import Adapters
import Formats

extension LintReport {
    /// For a person: which message it is, each finding with what was expected and found, both verdicts, the count.
    func text(of name: String, _ terminal: TerminalText) -> String {
        var lines = [terminal.styled(TerminalText.harmless(name), .bold) + ": " + title]
        for finding in findings { lines += finding.lines(terminal) }
        lines.append("published schema: \(verdict(published, terminal)); compat schema: \(verdict(compat, terminal))")
        lines.append(LintFinding.counts(errors: count(.error), warnings: count(.warning)))
        return lines.joined(separator: "\n")
    }

    /// One document: everything that the text says, by name.
    func json(of name: String) -> String {
        JSONWriter.string { json in
            json.object { json in
                json.field("file", name)
                json.field("ok", isXML && count(.error) == 0)
                if let message {
                    json.object("message") { json in
                        json.field("name", message.rawValue)
                        json.field("sender", message.sender.rawValue)
                        json.field("clause", message.clause)
                        json.field("enveloped", isEnveloped)
                        json.field("ticketNamespace", isInWSDLNamespace ? "wsdl" : "none")
                    }
                } else {
                    json.null("message")
                }
                json.object("schemas") { json in
                    json.field("published", published.rawValue)
                    json.field("compat", compat.rawValue)
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
        guard let message else { return "no message of the Ticketing contract that could be told" }
        var form = isEnveloped ? "in an envelope" : "bare"
        if isInWSDLNamespace { form += ", in the WSDL's namespace" }
        return "\(message.rawValue), from the \(message.sender.rawValue), \(form) (\(message.clause))"
    }

    private func verdict(_ verdict: Verdict, _ terminal: TerminalText) -> String {
        switch verdict {
        case .valid: terminal.styled("valid", .green)
        case .invalid: terminal.styled("not valid", .red)
        case .unknown: "not asked"
        }
    }
}
