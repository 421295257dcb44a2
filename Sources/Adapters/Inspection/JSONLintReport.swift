import Formats

/// What is to be said about a JSON message of a contract: which it is, and every finding.
package struct JSONLintReport: Equatable, Sendable {
    /// A message as its contract names it.
    package struct Message: Equatable, Sendable {
        package let name: String
        package let sender: String
        /// Where the contract describes it.
        package let clause: String

        init(_ name: String, from sender: String, _ clause: String) {
            self.name = name
            self.sender = sender
            self.clause = clause
        }
    }

    package let message: Message
    /// In document order.
    package private(set) var findings: [LintFinding]

    init(_ message: Message, _ findings: [LintFinding]) {
        self.message = message
        self.findings = findings
    }

    package func count(_ severity: LintFinding.Severity) -> Int {
        findings.count { $0.severity == severity }
    }

    /// Every warning an error: for who sends to a receiver that forgives nothing.
    package var strict: JSONLintReport {
        var report = self
        for index in report.findings.indices { report.findings[index].severity = .error }
        return report
    }
}
