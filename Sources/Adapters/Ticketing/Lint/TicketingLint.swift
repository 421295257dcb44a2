import Domain
import Formats
import Hummingbird

/// Says of any message of the Ticketing contract what its receiver would refuse or forgive, and by which clause (N-01).
package struct TicketingLint: Sendable {
    /// As many bytes as the receivers take: what is larger is answered 413, whatever it says.
    package static let bytesMax = RequestBody.bytesMax

    private let schemas: TicketingSchemas

    package init(schemas: TicketingSchemas) {
        self.schemas = schemas
    }

    /// - Parameter bytes: a whole document, in an envelope or bare.
    package func check(_ bytes: [UInt8]) -> LintReport {
        let parsed: XMLDocument
        do {
            parsed = try XMLDocument(parsing: bytes)
        } catch {
            return Self.report(malformed: error, bytes)
        }
        let document = LintedDocument(parsed, bytes: bytes)
        var report = LintReport()
        let element: XMLElement
        do {
            (report.isEnveloped, element) = try SOAPEnvelope.open(parsed)
        } catch {
            report.isEnveloped = true
            report.findings.append(Self.finding(error, document))
            guard let content = document.root.first("Body")?.children.first else { return report }
            element = content
        }
        guard let message = LintedMessage(rawValue: element.name) else {
            report.findings.append(Self.unknown(element, document))
            return report
        }
        report.message = message
        check(message, element, document, &report)
        return report
    }

    private func check(
        _ message: LintedMessage,
        _ element: XMLElement,
        _ document: LintedDocument,
        _ report: inout LintReport
    ) {
        let pass = LintPass(message, element, in: document)
        let namespace = BuyerTerms.TicketNamespace(of: element)
        report.isInWSDLNamespace = namespace == .wsdl && message.namespace == nil
        guard element.namespace == message.namespace || report.isInWSDLNamespace else {
            pass.report(
                message.isAppointment ? "T-040" : "T-085",
                .error,
                at: element,
                "\(element.name) is in the wrong namespace",
                expected: message.namespace ?? "no namespace, or \(TicketingWSDL.namespace) at the WSDL's address",
                found: element.namespace ?? "no namespace"
            )
            report.published = .invalid
            report.compat = .invalid
            report.findings += pass.findings
            return
        }
        if report.isInWSDLNamespace { pass.checkUnqualifiedChildren() }
        if message != .fault {
            let published = element.diagnose(
                message.isAppointment ? schemas.appointments : schemas.faultReport(in: namespace)
            )
            let compat = element.diagnose(message.isAppointment ? schemas.appointments : schemas.compat(in: namespace))
            report.published = published.isEmpty ? .valid : .invalid
            report.compat = compat.isEmpty ? .valid : .invalid
            if !message.isRequest { pass.report(compat, forgiven: false) }
            pass.report(published, forgiven: !message.isRequest)
        }
        pass.checkTraps()
        pass.checkReading()
        report.findings += pass.findings
    }
}

extension LintPass {
    /// What the schemas do not say, and what they say in words that nobody would look up.
    fileprivate func checkTraps() {
        switch message {
        case .queryAppointmentAvailabilityRequest, .reserveAppointmentRequest: checkAppointmentRequest()
        case .queryAppointmentAvailabilityResponse, .reserveAppointmentResponse: break
        case .addFaultReport:
            checkHeader()
            checkReport()
            checkHistory()
        case .amendFaultReport:
            checkHeader()
            checkAmendment()
            checkHistory()
        case .resolveResponse:
            checkHeader()
            checkAnswer()
        case .requestFaultReportUpdate: checkHeader()
        case .notifyFaultReportUpdate:
            checkHeader()
            checkNotification()
            checkHistory()
        case .receivedFaultReport, .receivedAmendFaultReport, .receivedResolvedResponse,
            .receivedRequestFaultReportUpdate, .receivedNotifyFaultReportUpdate:
            checkSending()
            checkReceipt()
        case .fault: checkFault()
        }
    }
}
