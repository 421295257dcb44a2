import Adapters
import Formats

extension SupplierFinding {
    /// For a person, as it is found.
    func line(_ terminal: TerminalText) -> String {
        let name = rule.part.rawValue.padded(to: 15) + rule.words
        let remark = verdict == .conforms ? "" : terminal.styled(" (\(rule.clause))", .dim)
        let seen = verdict == .conforms ? "" : "\n    \(TerminalText.harmless(seen))"
        return "\(mark(terminal)) \(name)\(remark)\(seen)"
    }

    /// Capability by capability, what there is and what is missing.
    static func summary(_ findings: [SupplierFinding], _ terminal: TerminalText) -> String {
        var lines = ["", terminal.styled("Capability by capability", .bold)]
        for part in SupplierRule.Part.allCases {
            let mine = findings.filter { $0.rule.part == part }
            let counts = Verdict.allCases.compactMap { verdict -> String? in
                let count = mine.count { $0.verdict == verdict }
                return count == 0 ? nil : "\(verdict.words(count))"
            }
            let clauses = Set(mine.filter { $0.verdict == .fails || $0.verdict == .lacks }.map(\.rule.clause)).sorted()
            let sources = clauses.isEmpty ? "" : terminal.styled(" (\(clauses.joined(separator: "; ")))", .dim)
            lines.append("  " + part.rawValue.padded(to: 15) + counts.joined(separator: ", ") + sources)
        }
        let failed = findings.count { $0.verdict == .fails }
        lines.append("")
        lines.append(failed == 0 ? "Nothing fails." : "\(failed) of \(findings.count) checks fail.")
        return lines.joined(separator: "\n")
    }

    /// One document: every rule by name.
    static func json(_ findings: [SupplierFinding]) -> String {
        JSONWriter.string { json in
            json.object { json in
                json.field("ok", !findings.contains { $0.verdict == .fails })
                json.array("findings") { json in
                    for finding in findings {
                        json.object { json in
                            json.field("rule", finding.rule.rawValue)
                            json.field("capability", finding.rule.part.rawValue)
                            json.field("clause", finding.rule.clause)
                            json.field("verdict", finding.verdict.rawValue)
                            json.field("seen", finding.seen)
                        }
                    }
                }
            }
        }
    }

    private func mark(_ terminal: TerminalText) -> String {
        switch verdict {
        case .conforms: terminal.styled("✓", .green)
        case .fails: terminal.styled("✗", .red)
        case .lacks: terminal.styled("○", .yellow)
        case .untried: terminal.styled("–", .dim)
        }
    }
}

extension SupplierFinding.Verdict {
    fileprivate func words(_ count: Int) -> String {
        switch self {
        case .conforms: "\(count) conform\(count == 1 ? "s" : "")"
        case .fails: "\(count) fail\(count == 1 ? "s" : "")"
        case .lacks: "\(count) not offered"
        case .untried: "\(count) not tried"
        }
    }
}
