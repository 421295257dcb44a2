import Engine
import FoundationEssentials
import Formats
import HTTPTypes

/// Looks at a ticketing peer from outside, step by step, and says of each what was seen and what to do next (N-02).
///
/// It changes nothing there: the one message that it sends is about a ticket that does not exist.
package struct TicketingDoctor: Sendable {
    let peer: TicketingPeer
    private let lint: TicketingLint
    private let time: TimeSource
    private let messageID: String

    /// - Parameter messageID: of the echo; a new one each time, for a peer answers an old one as it did before.
    package init(peer: TicketingPeer, schemas: TicketingSchemas, time: TimeSource, messageID: String) {
        self.peer = peer
        lint = TicketingLint(schemas: schemas)
        self.time = time
        self.messageID = messageID
    }

    /// Every step, in order; what cannot be tried says so.
    package func examine() async -> [DoctorStep] {
        let schema = OutboundRequest(
            method: .get,
            url: peer.peer.base + "/faultReport.txt",
            deadline: PeerDoctor.answerDeadline
        )
        return await PeerDoctor(
            peer: peer.peer,
            time: time,
            clause: "T-003",
            probe: schema,
            path: { await path($0) },
            echo: { await echo($0) }
        ).examine()
    }

    private func path(_ doctor: PeerDoctor) async -> DoctorStep {
        switch await doctor.send(doctor.probe) {
        case .failure(let failure):
            return DoctorStep(.path, .failed, failure.text, advice: "Try again.")
        case .success(let answer):
            let isSchema = (try? XMLDocument(parsing: answer.body))?.root.name == "schema"
            let seen = "GET faultReport.txt: \(answer.status), \(answer.body.count) bytes"
            guard answer.status == 200, isSchema else {
                let advice = "Check the path: it should end where faultReport.txt is, as in /prod/api2 (T-004, T-006)."
                return DoctorStep(.path, .failed, seen + (isSchema ? "" : ", no schema"), advice: advice)
            }
            return DoctorStep(.path, .passed, seen + ", a schema")
        }
    }

    /// A request about a ticket that is nobody's: whoever speaks the contract refuses it with its own element.
    private func echo(_ doctor: PeerDoctor) async -> DoctorStep {
        let request = OutboundRequest(
            url: peer.peer.base + "/requestFaultReportUpdate",
            headers: [("Content-Type", Ticketing.contentType), ("SOAPAction", "\"\"")],
            body: message,
            deadline: PeerDoctor.answerDeadline
        )
        switch await doctor.send(request) {
        case .failure(let failure):
            return DoctorStep(.echo, .failed, failure.text, advice: "Try again; then ask the peer for its log.")
        case .success(let answer):
            return judge(answer)
        }
    }

    private var message: [UInt8] {
        XMLWriter.document { xml in
            xml.element("requestFaultReportUpdate") { xml in
                TicketHeader(buyerIdentifier: peer.buyerIdentifier, sentAt: time.now(), messageID: messageID)
                    .write(to: &xml)
                xml.text("buyerFaultReference", "DOCTOR-NO-SUCH-TICKET")
                xml.text("maintainerFaultReference", "DOCTOR-NO-SUCH-TICKET")
            }
        }
    }

    private func judge(_ answer: OutboundResponse) -> DoctorStep {
        let report = lint.check(answer.body)
        let shown = "answered \(answer.status) with \(report.message?.rawValue ?? "no message of the contract")"
        guard report.message == .receivedRequestFaultReportUpdate else {
            let advice = "Check the path; is this a Ticketing API?"
            return DoctorStep(.echo, .failed, shown, advice: advice)
        }
        if let finding = report.findings.first(where: { $0.severity == .error }) {
            let advice = "Tell the peer: \(finding.clause), line \(finding.line): \(finding.text)."
            return DoctorStep(.echo, .failed, shown + ", which is not valid", advice: advice)
        }
        guard let reply = try? SOAPEnvelope.open(XMLDocument(parsing: answer.body)).body,
            reply.text(of: "messageId") == messageID
        else {
            let advice = "Tell the peer: an answer repeats the messageId of what it answers (T-076)."
            return DoctorStep(.echo, .failed, shown + ", about another message", advice: advice)
        }
        guard (400..<500).contains(answer.status) else {
            let advice = "Tell the peer: an update of a ticket that does not exist must be refused with 400 (T-035)."
            return DoctorStep(.echo, .failed, shown, advice: advice)
        }
        let reason = LintFinding.short(reply.text(of: "errorMessage") ?? "")
        return DoctorStep(.echo, .passed, shown + (reason.isEmpty ? "" : ": \(reason)"))
    }
}
