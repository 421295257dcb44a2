import Adapters
import HTTPTypes
import Hummingbird
import NIOCore

/// Does at the network desk what a person there would: calls `/operator/v1` with the desk's credentials, and hands on
/// whatever it answers.
package struct DeskHand: Sendable {
    private let credentials: ClientCredentials
    private let base: String

    /// - Parameter base: the network desk's API, without a slash at the end.
    package init(credentials: ClientCredentials, base: String) {
        self.credentials = credentials
        self.base = base
    }

    func work(reference: String, event: String, body: [UInt8]) async -> Response {
        let known = reference + event
        guard known.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) })
        else {
            return Response(status: .notFound)
        }
        let request = OutboundRequest(
            method: .post,
            url: "\(base)/fault-reports/\(reference)/\(event)",
            headers: body.isEmpty ? [] : [("Content-Type", "application/json")],
            body: body
        )
        switch await credentials.send(request) {
        case .success(let answer):
            var headers = HTTPFields()
            headers[.contentType] = answer[header: "content-type"]
            return Response(
                status: .init(code: answer.status),
                headers: headers,
                body: .init(byteBuffer: ByteBuffer(bytes: answer.body))
            )
        case .failure(let failure):
            return Response(
                status: .badGateway,
                body: .init(byteBuffer: ByteBuffer(string: "The network desk's API did not answer: \(failure.text)"))
            )
        }
    }
}
