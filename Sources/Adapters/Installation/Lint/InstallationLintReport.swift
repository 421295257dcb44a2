/// What is to be said about a document of the Installation contract: which message it is, and every finding.
package struct InstallationLintReport: Equatable, Sendable {
    /// `nil` if the contract has no such message.
    package var message: InstallationMessage?
    /// In document order.
    package var findings: [LintFinding] = []
    /// False for bytes that are no JSON: there is nothing to check.
    package var isJSON = true

    package func count(_ severity: LintFinding.Severity) -> Int {
        findings.count { $0.severity == severity }
    }

    /// Every warning an error: for who sends to a receiver that forgives nothing.
    package var strict: InstallationLintReport {
        var report = self
        for index in report.findings.indices { report.findings[index].severity = .error }
        return report
    }
}
