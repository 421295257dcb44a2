import Domain
import Engine
import FoundationEssentials
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
        let (outcome, warnings) = TicketReply.judge(
            result,
            expecting: .notification(messageID: parcel.messageID.rawValue)
        )
        copy.warnings += warnings
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
