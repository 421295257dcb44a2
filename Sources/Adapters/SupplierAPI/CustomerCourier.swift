import Domain
import Engine
import Formats
import HTTPTypes
import Storage

/// Carries the operator's updates to a customer's Supplier Updates API: `POST {updates}/kcis` (G-092).
///
/// 2xx is delivered; the rest as G-078 has it.
package struct CustomerCourier: Courier {
    private let directory: Directory
    private let credentials: @Sendable (CustomerID) -> ClientCredentials?

    /// - Parameter credentials: our access to that customer's interface.
    package init(
        directory: Directory,
        credentials: @escaping @Sendable (CustomerID) -> ClientCredentials?
    ) {
        self.directory = directory
        self.credentials = credentials
    }

    package func carry(_ parcel: Parcel) async -> Delivered {
        guard case .customer(let customer) = parcel.recipient,
            let endpoint = directory.customer(customer)?.updates, let access = credentials(customer)
        else { return Delivered(.retry(reason: "the customer has no updates endpoint")) }
        let request = OutboundRequest(
            url: HTTPURL.join(endpoint.url, "/kcis"),
            headers: [
                ("Content-Type", parcel.contentType), ("Accept", "application/json"),
                ("X-Request-ID", parcel.messageID.rawValue), ("X-Conversation-ID", parcel.conversation.rawValue),
                ("Idempotency-Key", parcel.messageID.rawValue), ("X-Delivery-Attempt", "\(parcel.attempt)"),
            ],
            body: parcel.body,
            party: parcel.recipient.key
        )
        let answer = await access.send(request)
        var message = LoggedMessage.outbound(
            request,
            answer: answer,
            from: "operator",
            to: "customer/\(customer)",
            contract: "supplier-updates",
            operation: parcel.message.operation,
            at: parcel.now
        )
        message.messageID = parcel.messageID.rawValue
        return Delivered(Outcome(judging: answer), status: message.status, exchanged: message)
    }
}
