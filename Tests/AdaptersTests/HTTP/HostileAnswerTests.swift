import Engine
import FoundationEssentials
import Logging
import Testing

@testable import Adapters

/// What a peer answers may end no process: each of these did, or could.
@Suite struct HostileAnswerTests {
    @Test(arguments: ["000", "001", "099", "600", "999"])
    func `a status that HTTP does not have is no valid answer, and is tried again`(status: String) async throws {
        let answer = try await Self.answer("HTTP/1.1 \(status) Odd\r\nContent-Length: 0\r\n\r\n")

        let failure = #expect(throws: OutboundFailure.self) { try answer.get() }
        #expect(failure?.kind == .other)
        #expect(failure?.text == "no valid answer: HTTP has no status \(Int(status) ?? 0)")
        #expect(Self.isRetried(answer))
    }

    @Test(arguments: [
        "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n",
    ])
    func `an informational answer is passed over, and the answer after it counts`(first: String) async throws {
        let answer = try await Self.answer(first + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

        #expect(try answer.get().body == Array("hi".utf8))
    }

    @Test(arguments: [
        "", "\r\n", "garbage", "HTTP/1.1", "HTTP/1.1 \r\n\r\n", "HTTP/1.1 20", "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 -20 OK\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\n: empty\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nbytes",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 000 Odd\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 304 Same\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ])
    func `whatever comes in place of an answer ends nothing`(bytes: String) async throws {
        let answers = try await RawPeer.answering { _ in
            Array(bytes.utf8)
        } _: { peer in
            try await Self.calling { call in
                var answers: [Result<OutboundResponse, OutboundFailure>] = []
                // The second finds out whether the client is still whole.
                for _ in 0..<2 {
                    answers.append(
                        await call.send(OutboundRequest(url: peer.url, body: Array("{}".utf8), deadline: .seconds(5)))
                    )
                }
                return answers
            }
        }

        #expect(answers.count == 2)
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 9223372036854775807:49:37 GMT", "Sun, 9223372036854775807 Nov 1994 08:49:37 GMT",
        "Sun, -9223372036854775808 Nov 1994 08:49:37 GMT", "9223372036854775808", "-9223372036854775808",
    ])
    func `a wait or a date of the other side that is beyond all numbers ends nothing`(field: String) async throws {
        let answer = try await Self.answer(
            "HTTP/1.1 503 Busy\r\nDate: \(field)\r\nRetry-After: \(field)\r\nContent-Length: 0\r\n\r\n"
        )

        #expect(try answer.get().status == 503)
        #expect(Self.isRetried(answer))
    }

    @Test(arguments: [
        ("http://127.0.0.2:66000/", "must have a port from 1 to 65535"),
        ("http://127.0.0.1:0/", "must have a port from 1 to 65535"),
        ("http://[::1]:70000/", "must have a port from 1 to 65535"),
        ("http://localhost:99999/", "must have a port from 1 to 65535"),
        ("http://u:p@127.0.0.1/", "must have no user and no password before its host"),
        ("http://127.0.0.1/#x", "must have no fragment (#…)"),
    ])
    func `an address that was stored before it was refused ends nothing when it is called`(url: String, words: String)
        async throws
    {
        let answer = try await Self.calling { call in await call.send(OutboundRequest(url: url)) }

        let failure = #expect(throws: OutboundFailure.self) { try answer.get() }
        #expect(failure == OutboundFailure(.forbidden, "the endpoint's address \(words)"))
    }

    @Test func `a header that another's words would break is not sent, and its value is not told`() async throws {
        let answer = try await Self.calling { call in
            await call.send(
                OutboundRequest(url: "http://127.0.0.1:1/", headers: [("Authorization", "Bearer a\r\nX: secret")])
            )
        }

        let failure = #expect(throws: OutboundFailure.self) { try answer.get() }
        #expect(failure?.text == "the header Authorization would have characters that no header may have")
    }

    private static func answer(_ text: String) async throws -> Result<OutboundResponse, OutboundFailure> {
        try await RawPeer.answering { _ in
            Array(text.utf8)
        } _: { peer in
            try await calling { await $0.send(OutboundRequest(url: peer.url)) }
        }
    }

    private static func isRetried(_ answer: Result<OutboundResponse, OutboundFailure>) -> Bool {
        switch Outcome(judging: answer) {
        case .retry, .unreachable: true
        case .delivered, .postponed, .refused: false
        }
    }

    static func calling<Value: Sendable>(_ body: (OutboundCall) async throws -> Value) async throws -> Value {
        let call = try OutboundCall(
            policy: AddressPolicy(.loopbackOnly),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        do {
            let value = try await body(call)
            await call.shutdown()
            return value
        } catch {
            await call.shutdown()
            throw error
        }
    }
}
