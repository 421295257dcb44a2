import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// An answer whose bytes an adapter has written itself.
package struct ByteResponse: ResponseGenerator, Sendable {
    package var status: HTTPResponse.Status
    package var contentType: String
    package var bytes: [UInt8]
    package var headers: HTTPFields

    package init(
        status: HTTPResponse.Status = .ok,
        contentType: String = "application/json",
        bytes: [UInt8],
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.contentType = contentType
        self.bytes = bytes
        self.headers = headers
    }

    /// The answer that was stored with the commit, given now or again (decision 5).
    package init(_ answer: StoredAnswer) {
        var fields = HTTPFields()
        for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        self.init(
            status: .init(code: answer.status),
            contentType: answer.contentType,
            bytes: answer.body,
            headers: fields
        )
    }

    package func response(from request: Request, context: some RequestContext) -> Response { response }

    package var response: Response {
        var headers = headers
        if !bytes.isEmpty { headers[.contentType] = contentType }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
