import Domain
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

extension LoggedMessage {
    /// Beyond this a body is kept as its hash (decision 6).
    static let bodyBytesMax = 64 * 1024

    /// Raw copy of a request that came, without what must not be kept. The adapter completes it: entity, status,
    /// answer, verdict.
    package static func inbound(
        _ request: Request,
        body: [UInt8],
        from: String,
        to: String,
        contract: String,
        operation: String,
        at: Date
    ) -> LoggedMessage {
        LoggedMessage(
            at: at,
            direction: .inbound,
            from: from,
            to: to,
            contract: contract,
            operation: operation,
            method: request.method.rawValue,
            path: request.uri.path,
            conversation: request.headers.value(of: .conversationID),
            requestID: request.headers.value(of: .requestID),
            requestHeaders: kept(request.headers.lazy.map { ($0.name.canonicalName, $0.value) }),
            requestBody: kept(body)
        )
    }

    /// Raw copy of a request that we made, and of its answer or why there is none.
    package static func outbound(
        _ request: OutboundRequest,
        answer: Result<OutboundResponse, OutboundFailure>,
        from: String,
        to: String,
        contract: String,
        operation: String,
        at: Date
    ) -> LoggedMessage {
        var message = LoggedMessage(
            at: at,
            direction: .outbound,
            from: from,
            to: to,
            contract: contract,
            operation: operation,
            method: request.method.rawValue,
            path: request.url,
            requestHeaders: kept(request.headers.lazy.map { ($0.name.lowercased(), $0.value) }),
            requestBody: kept(request.body)
        )
        message.conversation = message.requestHeaders["x-conversation-id"]
        message.requestID = message.requestHeaders["x-request-id"]
        switch answer {
        case .success(let response):
            message.status = response.status
            message.responseBody = kept(response.body)
            message.verdict = "status \(response.status)"
        case .failure(let failure):
            message.verdict = "no answer: \(failure.text)"
        }
        return message
    }

    /// A body as it is kept: whole, or its hash and length.
    package static func kept(_ body: [UInt8]) -> [UInt8] {
        body.count <= bodyBytesMax ? body : hashed(body)
    }

    /// By name, which is in lower case, without credentials.
    private static func kept(_ headers: some Collection<(name: String, value: String)>) -> LoggedHeaders {
        var kept = LoggedHeaders(reserving: headers.count)
        for (name, value) in headers where !secret.contains(name) { kept.set(name, to: value) }
        return kept
    }

    private static let secret: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "webhook-signature",
    ]
}
