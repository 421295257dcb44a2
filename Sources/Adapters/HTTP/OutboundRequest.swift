import Formats
import HTTPTypes

/// One call to somebody else's server.
package struct OutboundRequest: Sendable {
    package var method: HTTPRequest.Method
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// How long the whole exchange may take, in real time; `nil` for the usual.
    package var deadline: Duration?
    /// For whose sake it is made: what a call needs of the machine is shared out between parties. `nil`: the host's.
    package var party: String?

    package init(
        method: HTTPRequest.Method = .post,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        deadline: Duration? = nil,
        party: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.party = party
    }
}

package struct OutboundResponse: Equatable, Sendable {
    package let status: Int
    /// By lower-case name; the first of each.
    package let headers: [String: String]
    /// Its content (``AnswerContent``); the bytes as they came where that cannot be had.
    package let body: [UInt8]
    /// Why the content cannot be had, for a person.
    package let unreadable: String?

    package init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        let headers = Dictionary(headers.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
        self.status = status
        self.headers = headers
        do {
            self.body = try AnswerContent.read(
                body,
                type: headers["content-type"],
                coding: headers["content-encoding"]
            )
            unreadable = nil
        } catch {
            self.body = body
            unreadable = error.description
        }
    }

    package subscript(header name: String) -> String? { headers[name.lowercased()] }
}

/// Why there is no answer.
package struct OutboundFailure: Error, Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// No whole answer before the deadline: whether the other side acted is unknown.
        case timeout
        /// Nothing listens there, or no way leads there.
        case refused
        /// The connection ended before an answer: whether the other side acted is unknown.
        case closed
        /// What came is no HTTP.
        case invalid
        /// The handshake failed: their certificate, or ours.
        case tls
        case dns
        /// The answer is larger than we read.
        case tooLarge
        /// Our own rules forbid the address (``AddressPolicy``), or there is no address.
        case forbidden
        case other
    }

    package let kind: Kind
    /// For a person: what happened, without any content of the message.
    package let text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
