import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// Tells a peer that holds its body back to send it, when a handler begins to read it (RFC 9110 §10.1.1). A request that
/// is refused by its head gets its refusal without a byte of the body.
enum ContinueOnDemand {
    static func responder(_ responder: @escaping HTTPChannelHandler.Responder) -> HTTPChannelHandler.Responder {
        { request, writer, channel in
            guard request.headers.value(of: .expect)?.lowercased() == "100-continue" else {
                return try await responder(request, writer, channel)
            }
            let awaited = Request(head: request.head, body: RequestBody(asyncSequence: Body(request.body, channel)))
            try await responder(awaited, writer, channel)
        }
    }

    private struct Body: AsyncSequence, Sendable {
        typealias Element = ByteBuffer

        private let base: RequestBody
        private let channel: any Channel

        init(_ base: RequestBody, _ channel: any Channel) {
            self.base = base
            self.channel = channel
        }

        func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), channel: channel) }

        struct Iterator: AsyncIteratorProtocol {
            fileprivate var base: RequestBody.AsyncIterator
            /// `nil` once the peer was told.
            fileprivate var channel: (any Channel)?

            mutating func next() async throws -> ByteBuffer? {
                if let channel {
                    self.channel = nil
                    // Dropped in `HTTPManners` if the peer doesn't wait for it.
                    channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
                }
                return try await base.next()
            }
        }
    }
}
