import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import Storage
import Testing

@testable import Adapters

@Suite struct LoggedMessageTests {
    @Test func `credentials are never kept, correlation is`() {
        let head = HTTPRequest(
            method: .post,
            scheme: nil,
            authority: nil,
            path: "/v1/orders?x=y",
            headerFields: [
                .authorization: "Bearer secret", .cookie: "secret", .requestID: "request-1", .conversationID: "c-1",
            ]
        )
        let request = Request(head: head, body: .init(buffer: ByteBuffer()))

        let message = LoggedMessage.inbound(
            request,
            body: [1, 2, 3],
            from: "tenant/TENANT1",
            to: "gateway",
            contract: "tenant",
            operation: "PlaceOrder",
            at: HTTPBench.start
        )

        #expect(message.requestHeaders == ["x-request-id": "request-1", "x-conversation-id": "c-1"])
        #expect(message.requestID == "request-1")
        #expect(message.conversation == "c-1")
        #expect(message.requestBody == [1, 2, 3])
        #expect(message.path == "/v1/orders")
    }

    @Test func `of a header that came twice the last is kept`() {
        let message = LoggedMessage.outbound(
            OutboundRequest(
                url: "http://127.0.0.1/",
                headers: [("X-Request-ID", "one"), ("Accept", "*/*"), ("x-request-id", "two")],
                body: []
            ),
            answer: .success(OutboundResponse(status: 204)),
            from: "gateway",
            to: "tenant/TENANT1",
            contract: "tenant-updates",
            operation: "KCI",
            at: HTTPBench.start
        )

        #expect(message.requestHeaders == ["x-request-id": "two", "accept": "*/*"])
        #expect(message.requestID == "two")
    }

    @Test func `a large body is kept as its hash`() {
        let message = LoggedMessage.outbound(
            OutboundRequest(
                url: "http://127.0.0.1/",
                headers: [("Authorization", "x")],
                body: [UInt8](repeating: 0, count: 65_537)
            ),
            answer: .failure(OutboundFailure(.timeout, "no answer within 10 s")),
            from: "gateway",
            to: "tenant/TENANT1",
            contract: "tenant-updates",
            operation: "KCI",
            at: HTTPBench.start
        )

        #expect(String(decoding: message.requestBody, as: UTF8.self).hasPrefix("sha256 "))
        #expect(message.requestHeaders.fields.isEmpty)
        #expect(message.verdict == "no answer: no answer within 10 s")
    }
}
