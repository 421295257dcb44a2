import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Logging

/// Looks at a ticketing peer from outside, step by step, and says of each what was seen and what to do next (N-02).
///
/// It changes nothing there: the one message that it sends is about a ticket that does not exist.
package struct TicketingDoctor: Sendable {
    let peer: TicketingPeer
    private let lint: TicketingLint
    private let time: TimeSource
    private let messageID: String

    /// Certificates are renewed by people, who need days: what has fewer left is said also where all is well (N-13).
    static let daysEnough = 30
    /// For an answer over HTTP: as long as the contracts give a supplier.
    static let answerDeadline: Duration = .seconds(10)

    /// - Parameter messageID: of the echo; a new one each time, for a peer answers an old one as it did before.
    package init(peer: TicketingPeer, schemas: TicketingSchemas, time: TimeSource, messageID: String) {
        self.peer = peer
        lint = TicketingLint(schemas: schemas)
        self.time = time
        self.messageID = messageID
    }

    /// Every step, in order; what cannot be tried says so.
    package func examine() async -> [DoctorStep] {
        var steps: [DoctorStep] = []
        for name in DoctorStep.Name.allCases {
            let passed = Set(steps.filter { $0.outcome == .passed }.map(\.name))
            if let missing = name.needs.first(where: { !passed.contains($0) }) {
                steps.append(DoctorStep(name, .untried, "needs the step \(missing.rawValue)"))
            } else {
                steps.append(await take(name))
            }
        }
        return steps
    }

    private func take(_ name: DoctorStep.Name) async -> DoctorStep {
        switch name {
        case .certificate: OwnCertificate.examine(peer.identity, at: time.now())
        case .name: await PeerName.examine(peer)
        case .connection: await PeerConnection.examine(peer)
        case .tls: await PeerCertificate.examine(peer, at: time.now())
        case .stranger: await stranger()
        case .acceptance: await acceptance()
        case .path: await path()
        case .echo: await echo()
        }
    }
}

// MARK: - Over HTTP

extension TicketingDoctor {
    private var schemaRequest: OutboundRequest {
        OutboundRequest(method: .get, url: peer.base + "/faultReport.txt", deadline: Self.answerDeadline)
    }

    private func stranger() async -> DoctorStep {
        switch await send(schemaRequest, asOurselves: false) {
        case .failure(let failure) where failure.kind == .tls || failure.kind == .other:
            DoctorStep(.stranger, .passed, "refused in the handshake")
        case .failure(let failure):
            DoctorStep(.stranger, .failed, failure.text, advice: "Try again: this is no refusal, but no answer.")
        case .success(let answer) where answer.status == 401 || answer.status == 403:
            DoctorStep(.stranger, .passed, "answered \(answer.status)")
        case .success(let answer):
            DoctorStep(
                .stranger,
                .failed,
                "answered \(answer.status) without a client certificate",
                advice: "Tell the peer: whoever has no certificate must be refused (T-003)."
            )
        }
    }

    private func acceptance() async -> DoctorStep {
        switch await send(schemaRequest) {
        case .failure(let failure) where failure.kind == .tls:
            DoctorStep(
                .acceptance,
                .failed,
                failure.text,
                advice: "Ask the peer which authority it takes clients from."
            )
        case .failure(let failure):
            DoctorStep(
                .acceptance,
                .failed,
                failure.text,
                advice: "The peer may drop who comes from an address that it does not know: give it the one above."
            )
        case .success(let answer) where answer.status == 401:
            DoctorStep(
                .acceptance,
                .failed,
                "answered 401",
                advice: "Have the peer register this certificate; its fingerprint is above."
            )
        case .success(let answer) where answer.status == 403:
            DoctorStep(
                .acceptance,
                .failed,
                "answered 403",
                advice: "Have the peer allow the address that we come from, which is above, for this certificate."
            )
        case .success(let answer):
            DoctorStep(.acceptance, .passed, "answered \(answer.status)")
        }
    }

    private func path() async -> DoctorStep {
        switch await send(schemaRequest) {
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
    private func echo() async -> DoctorStep {
        let request = OutboundRequest(
            url: peer.base + "/requestFaultReportUpdate",
            headers: [("Content-Type", Ticketing.contentType), ("SOAPAction", "\"\"")],
            body: message,
            deadline: Self.answerDeadline
        )
        switch await send(request) {
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
        let reason = SchemaWords.short(reply.text(of: "errorMessage") ?? "")
        return DoctorStep(.echo, .passed, shown + (reason.isEmpty ? "" : ": \(reason)"))
    }

    /// Any address is good: it is a person who asks, about a peer of their own.
    private func send(
        _ request: OutboundRequest,
        asOurselves: Bool = true
    ) async -> Result<OutboundResponse, OutboundFailure> {
        let anywhere = ["0.0.0.0/0", "::/0"].compactMap(AddressRange.init)
        do {
            let call = try OutboundCall(
                identity: asOurselves ? peer.identity : nil,
                authorities: peer.identity.authorities,
                policy: AddressPolicy(.publicAnd(allowed: anywhere)),
                limits: .init(deadline: Self.answerDeadline),
                logger: Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() }
            )
            let result = await call.send(request)
            await call.shutdown()
            return result
        } catch {
            return .failure(OutboundFailure(.tls, "our own files cannot be used: \(error)"))
        }
    }
}
