import Engine
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Adapters

@Suite struct BearerAuthenticationTests {
    @Test func `a good token says who asks, and the conversation's headers come back`() async throws {
        let bench = try await HTTPBench()
        let headers = try await bench.headers()

        let answer = try await bench.run { try await $0.execute(uri: "/v1/whoami", method: .get, headers: headers) }

        #expect(answer.status == .ok)
        #expect(answer.text == "TENANT1")
        #expect(answer.headers[.requestID] == "request-1")
        #expect(answer.headers[.conversationID] == "conversation-1")
    }

    @Test func `without a token the answer is 401, says how, and has a body`() async throws {
        let bench = try await HTTPBench()

        let answer = try await bench.run {
            try await $0.execute(uri: "/v1/whoami", method: .get, headers: [.requestID: "request-1"])
        }

        #expect(answer.status == .unauthorized)
        #expect(answer.headers[.wwwAuthenticate] == #"Bearer realm="tenant-api""#, "no error code: nothing was shown")
        #expect(answer.headers[.requestID] == "request-1")
        #expect(answer.text.contains("\"code\":\"NOT_AUTHORISED\""))
    }

    @Test(arguments: ["Bearer", "Bearer x y", "Basic eDp5", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."])
    func `what isn't a token of ours is refused`(authorization: String) async throws {
        let bench = try await HTTPBench()

        let answer = try await bench.run {
            try await $0.execute(uri: "/v1/whoami", method: .get, headers: [.authorization: authorization])
        }

        #expect(answer.status == .unauthorized)
    }

    @Test(arguments: [("Basic eDp5", false), ("Bearer x", true), ("Bearer", true)])
    func `only a token that was shown is called invalid`(authorization: String, isInvalid: Bool) async throws {
        let answer = try await HTTPBench().run {
            try await $0.execute(uri: "/v1/whoami", method: .get, headers: [.authorization: authorization])
        }

        #expect(answer.headers[.wwwAuthenticate]?.contains("error=") == isInvalid)
    }

    @Test func `a token is good for an hour of the product's clock, and no longer`() async throws {
        let bench = try await HTTPBench()
        let headers = try await bench.headers()
        let clock = bench.clock

        let answers = try await bench.run { client in
            clock.move(to: HTTPBench.start + .seconds(3_599))
            let before = try await client.execute(uri: "/v1/whoami", method: .get, headers: headers)
            clock.move(to: HTTPBench.start + .seconds(3_600))
            let after = try await client.execute(uri: "/v1/whoami", method: .get, headers: headers)
            return [before, after]
        }

        #expect(answers.map(\.status) == [.ok, .unauthorized])
        #expect(answers[1].text.contains("expired"))
    }

    @Test func `a token for another interface is refused`() async throws {
        let bench = try await HTTPBench()
        let headers = try await bench.headers(for: "gateway", audience: .wholesaleAPI)

        let answers = try await bench.run { client in
            [
                try await client.execute(uri: "/wholesale/v1/whoami", method: .get, headers: headers),
                try await client.execute(uri: "/v1/whoami", method: .get, headers: headers),
            ]
        }

        #expect(answers.map(\.status) == [.ok, .unauthorized])
    }

    @Test func `another server's token is refused`() async throws {
        let bench = try await HTTPBench()
        let stranger = try await HTTPBench()
        let headers = try await stranger.headers()

        let answer = try await bench.run { try await $0.execute(uri: "/v1/whoami", method: .get, headers: headers) }

        #expect(answer.status == .unauthorized)
    }

    @Test func `a token without the scope is refused with 403`() async throws {
        let bench = try await HTTPBench()
        let headers = try await bench.headers(for: "reader")

        let answer = try await bench.run { try await $0.execute(uri: "/v1/orders", method: .post, headers: headers) }

        #expect(answer.status == .forbidden)
        #expect(
            answer.headers[.wwwAuthenticate]
                == #"Bearer realm="tenant-api", error="insufficient_scope", scope="orders""#
        )
        #expect(answer.text.contains("\"code\":\"NOT_AUTHORISED\""))
    }

    @Test func `both missing headers are named at once`() async throws {
        let bench = try await HTTPBench()
        let token = try await bench.headers()[.authorization]

        let answer = try await bench.run {
            try await $0.execute(uri: "/v1/whoami", method: .get, headers: [.authorization: token ?? ""])
        }

        #expect(answer.status == .badRequest)
        #expect(answer.text.contains("\"code\":\"MALFORMED_REQUEST\""))
        #expect(answer.text.contains("X-Request-ID"))
        #expect(answer.text.contains("X-Conversation-ID"))
    }

    @Test(arguments: [String(repeating: "x", count: 101), "snow☃"])
    func `a header that cannot be stored is refused, and not echoed`(value: String) async throws {
        let bench = try await HTTPBench()
        var headers = try await bench.headers()
        headers[.requestID] = value

        let answer = try await bench.run { [headers] in
            try await $0.execute(uri: "/v1/whoami", method: .get, headers: headers)
        }

        #expect(answer.status == .badRequest)
        #expect(answer.headers[.requestID] == nil)
    }
}
