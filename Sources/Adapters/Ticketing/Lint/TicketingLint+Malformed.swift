import Formats

extension TicketingLint {
    /// Bytes that are no document: the published samples' own mistake by its name, the rest in the parser's words.
    static func report(malformed: MalformedXML, _ bytes: [UInt8]) -> LintReport {
        var report = LintReport()
        report.isXML = malformed.kind != .empty && malformed.kind != .notXML
        report.message = LintedMessage.mentioned(in: String(decoding: bytes, as: UTF8.self))
        report.isEnveloped = TicketingRequest.beginsAsEnvelope(bytes)
        var finding = LintFinding(
            clause: clause(of: malformed),
            severity: .error,
            line: malformed.line,
            column: malformed.column,
            path: "",
            text: malformed.reason,
            expected: expectation(of: malformed),
            found: malformed.kind.rawValue
        )
        if let tags = malformed.mismatchedTag {
            finding.expected = "</\(tags.open)>"
            finding.found = "</\(tags.close)>"
            finding.text = "<\(tags.open)> is closed by </\(tags.close)>"
            if isPublishedMistake(tags) {
                finding.clause = "X-04"
                finding.text += ", as all the published acknowledgements do by mistake"
            }
        }
        report.findings = [finding]
        return report
    }

    private static func isPublishedMistake(_ tags: MalformedXML.MismatchedTag) -> Bool {
        tags.open.hasPrefix("received") && tags.close.hasPrefix("received")
    }

    private static func clause(of malformed: MalformedXML) -> String {
        switch malformed.kind {
        case .doctype: "X-26"
        case .empty, .nul, .notXML, .encoding, .notWellFormed, .tooDeep, .tooManyNodes: "T-001"
        }
    }

    private static func expectation(of malformed: MalformedXML) -> String {
        switch malformed.kind {
        case .doctype: "no DOCTYPE, and so no entities"
        case .empty, .notXML: "an XML document"
        case .nul: "no NUL"
        case .encoding: "UTF-8, and a declaration that tells the truth"
        case .notWellFormed: "well-formed XML"
        case .tooDeep: "elements nested no deeper than \(XMLLimits().depthMax)"
        case .tooManyNodes: "no more than \(XMLLimits().nodesMax) elements and attributes"
        }
    }

    /// What is wrong with an envelope, at the element that is one too many or in the wrong place.
    static func finding(_ problem: SOAPProblem, _ document: LintedDocument) -> LintFinding {
        let root = document.root
        let bodies = root.all("Body")
        let (element, expected, found): (XMLElement, String, String) =
            switch problem.kind {
            case .wrongEnvelopeNamespace(let namespace):
                (root, SOAPEnvelope.namespace, namespace ?? "no namespace")
            case .noBody: (root, "one Body", "none")
            case .severalBodies: (bodies.last ?? root, "one Body", "\(bodies.count)")
            case .emptyBody: (bodies.first ?? root, "one message in the Body", "none")
            case .severalBodyChildren:
                (
                    bodies.first?.children.dropFirst().first { _ in true } ?? root,
                    "one message in the Body", "\(bodies.first.map { Array($0.children).count } ?? 0)"
                )
            case .headerNotUnderstood(let name):
                (root.first("Header")?.first(name) ?? root, "no header that must be understood", name)
            }
        let spot = document[element]
        return LintFinding(
            clause: "T-002",
            severity: .error,
            line: spot.place.line,
            column: spot.place.column,
            path: spot.path,
            text: problem.message,
            expected: expected,
            found: found
        )
    }

    static func unknown(_ element: XMLElement, _ document: LintedDocument) -> LintFinding {
        let spot = document[element]
        return LintFinding(
            clause: "T-085",
            severity: .error,
            line: spot.place.line,
            column: spot.place.column,
            path: spot.path,
            text: "no message of the Ticketing contract has this root",
            expected: LintedMessage.allCases.filter { $0 != .fault }.map(\.rawValue).joined(separator: ", "),
            found: element.name + (element.namespace.map { " in \($0)" } ?? "")
        )
    }
}
