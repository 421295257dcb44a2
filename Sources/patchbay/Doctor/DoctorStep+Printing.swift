import Adapters
import Formats

extension DoctorStep {
    /// For a person: a line a step, and below it what to do.
    static func text(_ steps: [DoctorStep], of url: String, _ terminal: TerminalText) -> String {
        var lines = [terminal.styled(TerminalText.harmless(url), .bold)]
        for step in steps {
            lines.append("  \(step.mark(terminal)) \(step.title): \(TerminalText.harmless(step.seen))")
            if let advice = step.advice { lines.append("      → \(TerminalText.harmless(advice))") }
        }
        let failed = steps.count { $0.outcome != .passed }
        lines.append(
            failed == 0 ? "All \(steps.count) steps passed." : "\(failed) of \(steps.count) steps did not pass."
        )
        return lines.joined(separator: "\n")
    }

    /// One document: every step by name.
    static func json(_ steps: [DoctorStep], of url: String) -> String {
        JSONWriter.string { json in
            json.object { json in
                json.field("url", url)
                json.field("ok", steps.allSatisfy { $0.outcome == .passed })
                json.array("steps") { json in
                    for step in steps {
                        json.object { json in
                            json.field("name", step.name.rawValue)
                            json.field("outcome", step.outcome.rawValue)
                            json.field("seen", step.seen)
                            json.field("advice", step.advice)
                        }
                    }
                }
            }
        }
    }

    private var title: String {
        switch name {
        case .certificate: "our certificate"
        case .name: "name"
        case .connection: "connection"
        case .tls: "TLS"
        case .stranger: "without a certificate"
        case .acceptance: "with our certificate"
        case .path: "path"
        case .echo: "echo"
        }
    }

    private func mark(_ terminal: TerminalText) -> String {
        switch outcome {
        case .passed: terminal.styled("✓", .green)
        case .failed: terminal.styled("✗", .red)
        case .untried: terminal.styled("–", .dim)
        }
    }
}
