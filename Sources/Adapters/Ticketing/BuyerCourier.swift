import Domain
import Engine
import FoundationEssentials
import Formats
import Storage

/// Carries notifications to buyers' endpoints over mutual TLS, and judges their acknowledgements (G-144).
package struct BuyerCourier: Courier {
    private let directory: Directory
    private let call: OutboundCall

    /// - Parameter call: under the operator's own client certificate.
    package init(directory: Directory, call: OutboundCall) {
        self.directory = directory
        self.call = call
    }

    package func carry(_ parcel: Parcel) async -> Delivered {
        guard case .buyer(let buyer) = parcel.recipient, case .faultNotification = parcel.message else {
            return Delivered(.refused(reason: "not a notification to a buyer"))
        }
        guard let endpoint = directory.buyer(buyer)?.notifications else {
            return Delivered(.refused(reason: "the buyer has no notification endpoint"))
        }
        let request = OutboundRequest(
            url: endpoint.url,
            headers: Self.headers(parcel),
            body: parcel.body,
            party: parcel.recipient.key
        )
        let result = await call.send(request)
        var copy = LoggedMessage.outbound(
            request,
            answer: result,
            from: "operator",
            to: "buyer/\(buyer)",
            contract: "ticketing",
            operation: NotifyFaultReportUpdate.name,
            at: parcel.now
        )
        copy.messageID = parcel.messageID.rawValue
        copy.conversation = parcel.conversation.rawValue
        let (outcome, warning) = TicketReply.judge(result)
        if let warning { copy.warnings = [warning] }
        let status = try? result.get().status
        return Delivered(outcome, status: status, exchanged: copy)
    }

    static func headers(_ parcel: Parcel) -> [(name: String, value: String)] {
        [
            ("Content-Type", parcel.contentType), ("SOAPAction", "\"\""),
            ("X-Request-ID", parcel.messageID.rawValue), ("X-Conversation-ID", parcel.conversation.rawValue),
            ("X-Delivery-Attempt", String(parcel.attempt)),
        ]
    }
}

extension TicketReply {
    /// Judges an answer by its status (G-078) and by what it says: a 2xx that carries a 4xx code is a refusal (G-144), a
    /// broken one is taken for an acknowledgement with a warning, a 500 for broken XML is not tried again.
    static func judge(
        _ result: Result<OutboundResponse, OutboundFailure>,
        reply: Telling? = nil,
        refusal: (String) -> Telling? = { _ in nil }
    ) -> (Outcome, warning: String?) {
        let byStatus = Outcome(judging: result, reply: reply)
        guard case .success(let response) = result else { return (byStatus, nil) }
        guard let said = try? TicketReply(response.body) else {
            return (byStatus, "the answer is no XML that can be read (X-04)")
        }
        switch response.status {
        case 200..<300:
            guard let code = said.responseCode else { return (byStatus, "the answer has no responseCode") }
            guard (400..<600).contains(code) else { return (byStatus, nil) }
            let reason = said.errorMessage ?? "response code \(code)"
            return (.refused(reason: reason, reply: refusal(reason)), nil)
        case 500 where said.saysBrokenXML:
            let reason = said.errorMessage ?? "broken XML"
            return (.refused(reason: reason, reply: refusal(reason)), nil)
        case 408, 425, 429, 500..<600:
            return (byStatus, nil)
        case _:
            let reason = said.errorMessage ?? "status \(response.status)"
            return (.refused(reason: reason, reply: refusal(reason)), nil)
        }
    }
}
