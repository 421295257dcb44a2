import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes

/// The way to a supplier that is examined: as a gateway asks it, with room for a gateway's mistakes.
struct SupplierLine: Sendable {
    /// What came back; no status where nothing did.
    struct Answer: Sendable {
        let status: Int?
        let headers: [String: String]
        let json: JSONDocument?
        let failure: String?
        /// As a gateway would judge it.
        let response: OutboundResponse?

        init(_ response: OutboundResponse) {
            status = response.status
            headers = response.headers
            json = response.unreadable == nil ? try? JSONDocument(parsingAnswer: response.body) : nil
            failure = nil
            self.response = response
        }

        init(failure: String) {
            self.failure = failure
            (status, headers, json, response) = (nil, [:], nil, nil)
        }

        subscript(key: String) -> JSONValue? { json?.root[key] }

        /// Every reason that a refusal gives, in either form of an error (G-002, G-004).
        var reasons: [String] {
            let messages = self["messages"]?.elements.compactMap(\.string) ?? []
            let details = [self["detail"]?.string, self["title"]?.string].compactMap(\.self)
            return messages.isEmpty ? details : messages
        }

        /// In a line, for a person.
        var seen: String {
            guard let status else { return failure ?? "no answer" }
            return reasons.isEmpty ? "\(status)" : "\(status): \(reasons.prefix(3).joined(separator: " "))"
        }
    }

    struct Question: Sendable {
        var method = HTTPRequest.Method.post
        let path: String
        var body: [UInt8] = []
        var tenant: String
        var requestID: MessageID
        var conversation = "supplier-check"
        var leavesHeadersOut = false
        var showsToken = true
    }

    let baseURL: String
    let access: ClientCredentials
    let call: OutboundCall
    let ids: IDSource
    let time: TimeSource

    func newID() -> MessageID { ids.messageID(at: time.now()) }

    func ask(_ question: Question) async -> Answer {
        var headers = [("Accept", "application/json"), ("Tenant", question.tenant)]
        if !question.leavesHeadersOut {
            headers.append(("X-Request-ID", question.requestID.rawValue))
            headers.append(("X-Conversation-ID", question.conversation))
        }
        if !question.body.isEmpty { headers.append(("Content-Type", "application/json")) }
        let request = OutboundRequest(
            method: question.method,
            url: HTTPURL.join(baseURL, question.path),
            headers: headers,
            body: question.body
        )
        let answer = question.showsToken ? await access.send(request) : await call.send(request)
        switch answer {
        case .failure(let failure): return Answer(failure: failure.text)
        case .success(let response): return Answer(response)
        }
    }
}
