import Domain
import Formats
import Foundation
import Storage
import Testing

@testable import Adapters

@Suite struct TicketingLintTests {
    private let lint: TicketingLint

    init() throws {
        lint = TicketingLint(schemas: try TicketingSchemas())
    }

    private func check(_ text: String) -> LintReport { lint.check(Array(text.utf8)) }

    /// The clauses of what is found, each with how bad it is.
    private func found(_ text: String) -> [String] {
        check(text).findings.map { "\($0.clause) \($0.severity)" }
    }

    @Test(arguments: [
        Samples.add(), Samples.add(type: "Service Outage", key: "K1"), Samples.amend(Samples.comment),
        Samples.answer("<resolveAccepted>true</resolveAccepted>"), Samples.update("CS0000042"), Samples.query(),
        LintSamples.notify(), LintSamples.notify(extra: LintSamples.update()),
        LintSamples.notify(details: LintSamples.missed("Y")),
    ])
    func `a sound message has no finding, bare or in an envelope`(text: String) {
        #expect(check(text).findings == [])
        #expect(check(text).published == .valid)
        #expect(check(text).compat == .valid)
        #expect(check(Samples.enveloped(text.replacing(/<\/?soap:[^>]*>/, with: ""))).findings == [])
    }

    @Test(arguments: [
        Samples.add(), Samples.amend(Samples.comment), Samples.answer("<resolveAccepted>true</resolveAccepted>"),
        Samples.update("CS0000042"), LintSamples.notify(),
    ])
    func `a ticket message with its root in the WSDL's namespace is judged alike`(text: String) {
        let report = check(Samples.enveloped(Samples.inWSDLNamespace(text)))
        #expect(report.findings == check(text).findings)
        #expect(report.published == .valid)
        #expect(report.isInWSDLNamespace)
        #expect(!check(text).isInWSDLNamespace)
    }

    @Test func `a mistake in a message of the WSDL's namespace is found at its place`() {
        let text = Samples.add(extra: "<priorityLevel>high</priorityLevel>")
        let finding = check(Samples.inWSDLNamespace(text)).findings.first
        #expect(finding?.path == "/addFaultReport/priorityLevel")
        #expect(finding?.severity == .error)
    }

    @Test func `a default namespace, which reaches the children too, is told as that`() {
        let text = Samples.add().replacing(
            "<addFaultReport>",
            with: "<addFaultReport xmlns=\"urn:patchbay:ticketing:1.0\">"
        )
        let finding = check(text).findings.first
        #expect(finding?.clause == "T-085")
        #expect(finding?.path == "/addFaultReport/apiVersion")
        #expect(finding?.expected == "no namespace")
        #expect(finding?.found == "urn:patchbay:ticketing:1.0")
    }

    @Test func `a fault whose detail is the receipt says what is wrong`() throws {
        let form = AnswerForm(isEnveloped: true, namespace: .wsdl, isByWSDL: true)
        let problem = TicketingProblem(status: 400, "deleteEverything", "no operation has this root element")
        let fault = form.response(Ticketing.answer(problem, nil, nil, form, at: TicketingBench.start))
        #expect(lint.check(fault.bytes).findings == [])
    }

    @Test func `it says which message it is, and who sends it`() {
        let bare = check(LintSamples.notify())
        let enveloped = check(Samples.enveloped(Samples.add()))
        #expect(bare.message == .notifyFaultReportUpdate)
        #expect(bare.message?.sender == .operator)
        #expect(!bare.isEnveloped)
        #expect(enveloped.message == .addFaultReport)
        #expect(enveloped.isEnveloped)
    }

    @Test func `a finding says where, what was expected and what was found`() {
        let text = Samples.add(type: "Service Outage")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = 1 + (lines.firstIndex { $0.contains("<type>") } ?? -1)
        let finding = check(text).findings.first
        #expect(
            finding
                == LintFinding(
                    clause: "T-012",
                    severity: .error,
                    line: line,
                    column: 9,
                    path: "/addFaultReport/faultDetails/type",
                    text: "a Service Outage needs a reserved appointment",
                    expected: "appointment/appointmentReservationKey",
                    found: "none"
                )
        )
    }

    @Test(arguments: [
        (Samples.add(type: "Service Outage"), "T-012 error"),
        (Samples.add(type: "Performance Issue", key: "K1"), "X-14 error"),
        (Samples.add(type: "No Dial Tone"), "X-15 warning"),
        (Samples.add(contact: "<name>Night desk</name>"), "X-24 error"),
        (Samples.add(sentAt: ""), "X-09 error"),
        (Samples.add(sentAt: "<sentAt>2027-01-15T08:00:00.123+00:00</sentAt>"), "X-10 warning"),
        (Samples.add(maintainer: "(Not in report; only after creation)"), "X-07 warning"),
        (Samples.add(extra: LintSamples.update(by: "Buyer", at: "2027-01-15T07:00:00Z")), "X-05 error"),
        (Samples.add(reference: String(repeating: "R", count: 37)), "T-058 error"),
        (Samples.add(extra: "<priorityLevel>high</priorityLevel>"), "T-063 error"),
        (Samples.amend("<faultDetails><status>closed</status></faultDetails>"), "X-23 warning"),
        (Samples.amend("<faultDetails><status>Cancelled</status></faultDetails>"), "X-51 error"),
        (Samples.update("(Not in report; only after creation)"), "X-07 error"),
        (Samples.answer(""), "X-52 error"),
        (Samples.answer("<resolveAccepted>false</resolveAccepted>"), "X-52 error"),
        (
            Samples.answer(
                "<resolveAccepted>false</resolveAccepted><rejectedReason>\(String(repeating: "r", count: 37))</rejectedReason>"
            ), "X-52 warning"
        ),
        (
            Samples.query().replacing(
                "</cfh:productName>",
                with: "</cfh:productName><cfh:reappointment>yes</cfh:reappointment>"
            ),
            "X-18 warning"
        ),
    ])
    func `a buyer's trap is known by its clause`(text: String, finding: String) {
        #expect(found(text) == [finding])
    }

    @Test(arguments: [
        (LintSamples.notify(triage: ""), "X-01 warning"),
        (LintSamples.notify(extra: LintSamples.appointments("")), "X-02 warning"),
        (LintSamples.notify(extra: LintSamples.update(by: "Seller")), "X-05 warning"),
        (LintSamples.notify(reference: "(Not in report; only after creation)"), "X-07 warning"),
        (LintSamples.notify(reference: ""), "X-07 warning"),
        (LintSamples.notify(sentAt: "2027-01-15T08:00:00.123+00:00"), "X-10 warning"),
        (LintSamples.notify(extra: LintSamples.update(at: "2027-01-15T09:00:00Z")), "X-19 warning"),
        (LintSamples.notify(details: LintSamples.missed("N")), "X-20 warning"),
        (LintSamples.notify(status: "In Progress"), "X-51 error"),
        (LintSamples.notify(status: "Re-Opened"), "X-51 error"),
        (LintSamples.notify().replacing("<parentFaultReference/>", with: ""), "X-08 warning"),
        (LintSamples.acknowledgement(), "X-03 warning"),
    ])
    func `an operator's trap is known by its clause`(text: String, finding: String) {
        #expect(found(text) == [finding])
    }

    @Test func `a confirmation that is a placeholder is one, beside the list that it stands in`() {
        let outcome = "<appointmentConfirmationStatus>Confirmed or Failed</appointmentConfirmationStatus>"
        let text = LintSamples.notify(extra: LintSamples.appointments(outcome))
        #expect(found(text) == ["X-02 warning", "X-06 warning"])
    }

    @Test func `an empty reference is right where the ticket was rejected`() {
        #expect(found(LintSamples.notify(status: "rejected", reference: "")) == [])
    }

    @Test func `what the published schema refuses and peers send all the same is told apart`() {
        let report = check(LintSamples.notify(triage: "", extra: LintSamples.appointments("")))
        #expect(report.published == .invalid)
        #expect(report.compat == .valid)
    }

    @Test func `beside what is forgiven, the rest that is missing is still an error`() {
        let text = LintSamples.notify(triage: "").replacing("<faultLocation>1 Quay Walk</faultLocation>", with: "")
        #expect(Set(found(text)) == ["X-01 warning", "T-070 error"])
    }

    @Test func `of several updates the wrong one is pointed at`() {
        let good = "<update><description>One</description><updatedBy>seller</updatedBy></update>"
        let text = LintSamples.notify(extra: "<updates>\(good)\(good.replacing("seller", with: "Seller"))</updates>")
        let path = check(text).findings.first?.path
        #expect(path == "/notifyFaultReportUpdate/updates/update[2]/updatedBy")
    }

    @Test func `an acknowledgement that is closed by another's name is the published mistake`() {
        let report = check(LintSamples.acknowledgement(end: "receivedRequestFaultReportUpdate"))
        #expect(report.message == .receivedNotifyFaultReportUpdate)
        #expect(report.findings.map(\.clause) == ["X-04"])
        #expect(report.findings.first?.expected == "</receivedNotifyFaultReportUpdate>")
        #expect(report.findings.first?.found == "</receivedRequestFaultReportUpdate>")
    }

    @Test(arguments: [
        ("<!DOCTYPE a [<!ENTITY e \"x\">]><addFaultReport>&e;</addFaultReport>", "X-26 error"),
        ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><addFaultReport/>", "T-001 error"),
        ("<?xml version=\"1.0\" encoding=\"KOI8-R\"?><addFaultReport/>", "T-001 error"),
        ("<addFaultReport><apiVersion></addFaultReport>", "T-001 error"),
        (Samples.enveloped(Samples.add() + Samples.add()), "T-002 error"),
        (Samples.enveloped(""), "T-002 error"),
        (
            Samples.enveloped(Samples.add())
                .replacing(
                    "http://schemas.xmlsoap.org/soap/envelope/",
                    with: "http://www.w3.org/2003/05/soap-envelope"
                ),
            "T-002 error"
        ),
        (Samples.add().replacing("<addFaultReport>", with: "<addFaultReport xmlns=\"urn:x\">"), "T-085 error"),
        (Samples.query().replacing("ala_1.0.xsd", with: "ala_2.0.xsd"), "T-040 error"),
        ("<deleteEverything/>", "T-085 error"),
    ])
    func `what is no message of the contract is told why`(text: String, finding: String) {
        #expect(found(text) == [finding])
    }

    @Test func `UTF-8 that is none is an encoding that lies`() {
        let report = lint.check(Array("<addFaultReport>".utf8) + [0xE9] + Array("</addFaultReport>".utf8))
        #expect(report.findings.map(\.clause) == ["T-001"])
        #expect(report.findings.first?.text.contains("UTF-8") == true)
    }

    @Test(arguments: ["", "   \n", "{\"not\":\"xml\"}"])
    func `what is no XML at all is nothing to check`(text: String) {
        #expect(!check(text).isXML)
    }

    @Test func `the second child of a Body is the one too many`() {
        let finding = check(Samples.enveloped("<addFaultReport/>\n <other/>")).findings.first
        #expect(finding?.path == "/Envelope/Body/other")
        #expect(finding?.line == 3)
        #expect(finding?.column == 2)
    }

    @Test func `an address key in the other request's namespace is the published confusion`() {
        let text = Samples.query().replacing("addressKey>", with: "cfh:addressKey>")
        #expect(check(text).findings.contains { $0.clause == "X-17" && $0.severity == .error })
    }

    @Test func `a fault is a message too`() {
        let good = SOAPFault(.client, "wrong", validationErrors: [.init(line: 1, column: 0, message: "m")])
        let silent = SOAPFault(.client, "wrong")
        #expect(lint.check(good.document).message == .fault)
        #expect(lint.check(good.document).findings == [])
        #expect(lint.check(silent.document).findings.map(\.clause) == ["T-043"])
    }

    @Test func `strictly, what is forgiven is an error`() {
        let report = check(LintSamples.notify(triage: "")).strict
        #expect(report.count(.error) == 1)
        #expect(report.count(.warning) == 0)
    }

    @Test func `what we say ourselves is sound`() async throws {
        try await withTicketing { bench in
            let key = try await bench.key()
            let ticket = try await bench.accepted(key: key)
            for event in ["triage", "start", "hold", "resume"] { _ = try await bench.desk(ticket, event) }
            _ = try await bench.desk(ticket, "appointment-completed", #"{"closureCode":"FR"}"#)
            let answer = try await bench.call(
                "resolveResponse",
                Samples.answer("<resolveAccepted>true</resolveAccepted>")
            )
            let refusal = try await bench.call("addFaultReport", Samples.add(messageID: "m-9", service: "S9"))
            let fault = try await bench.call("reserveAppointment", "<reserveAppointmentRequest/>")
            let sent = try await bench.rows(about: ticket.id.number)
                .filter { $0.content.recipient == .buyer(id: TicketingBench.buyer) }
                .map(\.content.body)
            let said = sent + [answer, refusal, fault].map { Array($0.text.utf8) }
            let findings = said.flatMap { lint.check($0).findings }
            #expect(said.count > 6)
            #expect(Set(findings.map(\.clause)).isSubset(of: ["X-02"]), "\(findings)")
            #expect(findings.allSatisfy { $0.severity == .warning })
        }
    }
}
