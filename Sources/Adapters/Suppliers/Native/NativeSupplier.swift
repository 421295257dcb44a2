import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Storage

/// The gateway's calls to a supplier of the native contract (G-095): what questions and messages have in common.
package struct NativeSupplier: Sendable {
    let supplier: SupplierID
    /// Without a slash at the end: `http://…/wholesale/v1`.
    let baseURL: String
    let access: ClientCredentials
    let exchange: Exchange
    /// How long a tenant's question may take (decision 3), in real time.
    let deadline: Duration?

    package init(
        supplier: SupplierID,
        baseURL: String,
        access: ClientCredentials,
        exchange: Exchange,
        deadline: Duration? = nil
    ) {
        self.supplier = supplier
        self.baseURL = baseURL
        self.access = access
        self.exchange = exchange
        self.deadline = deadline
    }

    func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        tenant: String,
        conversation: ConversationID,
        requestID: MessageID,
        body: [UInt8] = []
    ) -> OutboundRequest {
        var headers = [
            ("Accept", "application/json"), ("Tenant", tenant), ("X-Request-ID", requestID.rawValue),
            ("X-Conversation-ID", conversation.rawValue),
        ]
        if !body.isEmpty { headers.append(("Content-Type", "application/json")) }
        return OutboundRequest(
            method: method,
            url: HTTPURL.join(baseURL, path),
            headers: headers,
            body: body,
            deadline: deadline
        )
    }

    func logged(
        _ request: OutboundRequest,
        _ answer: Result<OutboundResponse, OutboundFailure>,
        as operation: String,
        at now: Date
    ) -> LoggedMessage {
        .outbound(
            request,
            answer: answer,
            from: "gateway",
            to: "supplier/\(supplier)",
            contract: "supplier",
            operation: operation,
            at: now
        )
    }
}
