/// What is to be said about a document: which message it is, what each schema says, and every finding.
package struct LintReport: Equatable, Sendable {
    package enum Verdict: String, Sendable {
        case valid, invalid
        /// It was never asked: the bytes are broken, the message is unknown, or no schema is published for it.
        case unknown
    }

    /// `nil` if no message of the contract has this root.
    package var message: LintedMessage?
    package var isEnveloped = false
    /// The root of a ticket message is in the WSDL's namespace: as the WSDL's one address takes and answers it, and no
    /// operation's own path.
    package var isInWSDLNamespace = false
    /// By the schema as published: `faultReport.txt`, or for appointments the NICC messages.
    package var published = Verdict.unknown
    /// By the schema that forgives what peers really send.
    package var compat = Verdict.unknown
    /// In document order.
    package var findings: [LintFinding] = []
    /// False for bytes that do not even begin as XML: there is nothing to check.
    package var isXML = true

    package func count(_ severity: LintFinding.Severity) -> Int {
        findings.count { $0.severity == severity }
    }

    /// Every warning an error: for who sends to a receiver that forgives nothing.
    package var strict: LintReport {
        var report = self
        for index in report.findings.indices { report.findings[index].severity = .error }
        return report
    }
}
