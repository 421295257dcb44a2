import Formats
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import TestSupport
import Testing

@testable import Adapters

@Suite struct TokenEndpointTests {
    @Test(arguments: ["secret of tenant-client", "old secret of tenant-client"])
    func `either secret in the body gets a token that works`(secret: String) async throws {
        let bench = try await HTTPBench()
        let form =
            "grant_type=client_credentials&client_id=tenant-client&client_secret=\(secret.replacing(" ", with: "+"))"

        let (answer, use) = try await bench.run { client in
            let answer = try await Self.ask(client, form)
            let token = TokenGrant(json: Array(answer.text.utf8))?.accessToken ?? ""
            let headers: HTTPFields = [.authorization: "Bearer \(token)", .requestID: "r", .conversationID: "c"]
            return (answer, try await client.execute(uri: "/v1/whoami", method: .get, headers: headers))
        }

        #expect(answer.status == .ok)
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.text.contains("\"expires_in\":3600,\"token_type\":\"Bearer\""))
        #expect(use.text == "TENANT1")
    }

    @Test func `a client that may do everything gets a token that may only read, if it asks for that`() async throws {
        let bench = try await HTTPBench()
        let form =
            "grant_type=client_credentials&client_id=tenant-client&client_secret=secret+of+tenant-client&scope=read"

        let (read, order) = try await bench.run { client in
            let answer = try await Self.ask(client, form)
            let token = TokenGrant(json: Array(answer.text.utf8))?.accessToken ?? ""
            let headers: HTTPFields = [.authorization: "Bearer \(token)", .requestID: "r", .conversationID: "c"]
            return (
                try await client.execute(uri: "/v1/whoami", method: .get, headers: headers),
                try await client.execute(uri: "/v1/orders", method: .post, headers: headers)
            )
        }

        #expect(read.status == .ok)
        #expect(order.status == .forbidden)
    }

    @Test func `HTTP Basic gets a token as well`() async throws {
        let answer = try await HTTPBench().run {
            try await Self.ask($0, "grant_type=client_credentials", basic: "tenant-client:secret+of+tenant-client")
        }

        #expect(answer.status == .ok)
    }

    @Test(arguments: ["odd:\(HTTPBench.oddSecret)", "odd:\(FormText.encode(HTTPBench.oddSecret))"])
    func `a secret with signs of its own is taken encoded, as RFC 6749 has it, and plain, as curl sends it`(
        basic: String
    ) async throws {
        let answer = try await HTTPBench().run {
            try await Self.ask($0, "grant_type=client_credentials", basic: basic)
        }

        #expect(answer.status == .ok, "\(answer.text)")
        #expect(answer.text.contains(#""scope":"read orders""#), "and the scopes that were granted are named")
    }

    @Test(arguments: [("tenant-client", 200), ("reader", 400), ("", 400)])
    func `with Basic the body may name the same client, and no other`(named: String, status: Int) async throws {
        let answer = try await HTTPBench().run {
            let form = "grant_type=client_credentials&client_id=\(named)"
            return try await Self.ask($0, form, basic: "tenant-client:secret+of+tenant-client")
        }

        #expect(answer.status.code == status)
        #expect(answer.text.contains(#""error":"invalid_request""#) == (status == 400))
    }

    @Test func `after ten wrong secrets the right one is refused too, for a while, and another client is not`()
        async throws
    {
        let bench = try await HTTPBench()
        let form = "grant_type=client_credentials&client_id=tenant-client&client_secret="

        let (wrong, right, other) = try await bench.run { client in
            var wrong: [Int] = []
            for number in 0..<11 { wrong.append(try await Self.ask(client, form + "guess\(number)").status.code) }
            let right = try await Self.ask(client, form + "secret+of+tenant-client")
            let other = try await Self.ask(client, "grant_type=client_credentials", basic: "reader:secret of reader")
            return (wrong, right, other)
        }

        #expect(wrong == [Int](repeating: 400, count: 10) + [429])
        #expect(right.status.code == 429)
        #expect(right.headers[.retryAfter].flatMap { Int($0) }.map { (50...60).contains($0) } == true)
        #expect(right.text.contains(#""error":"temporarily_unavailable""#))
        #expect(other.status == .ok)
    }

    @Test func `ten wrong secrets are a log line, and what is refused then is counted, with client and address`()
        async throws
    {
        let log = RecordedLog()
        let bench = try await HTTPBench(logger: Logger(label: "test") { _ in log.handler })
        let form = "grant_type=client_credentials&client_id="

        try await bench.run(.live) { client in
            for number in 0..<9 {
                _ = try await Self.ask(client, form + "tenant-client&client_secret=guess\(number)")
            }
            #expect(!log.lines.contains { $0.contains("too many wrong secrets") }, "a person mistypes")
            for number in 9..<12 {
                _ = try await Self.ask(client, form + "tenant-client&client_secret=guess\(number)")
            }
            for number in 0..<11 { _ = try await Self.ask(client, form + "nobody&client_secret=guess\(number)") }
        }

        let lines = log.lines.filter { $0.contains("too many wrong secrets") }
        #expect(lines.count == 2, "one for each client: \(lines)")
        #expect(lines.first?.contains("pb-client=tenant-client") == true, "\(lines)")
        #expect(lines.first?.contains("pb-address=127.0.0.1") == true, "\(lines)")
        #expect(lines.first?.contains("pb-seconds=60") == true, "\(lines)")
        #expect(!log.lines.contains { $0.contains("guess9") }, "no secret is logged")
        let counters = bench.metrics.text.split(separator: "\n")
            .filter { $0.hasPrefix("pb_token_guesses_refused_total") }
        #expect(
            counters == [
                #"pb_token_guesses_refused_total{client="tenant-client",address="127.0.0.1"} 2.0"#,
                #"pb_token_guesses_refused_total{client="unknown",address="127.0.0.1"} 1.0"#,
            ]
        )
    }

    @Test func `a wrong secret by Basic is 401 with a challenge`() async throws {
        let answer = try await HTTPBench().run {
            try await Self.ask($0, "grant_type=client_credentials", basic: "tenant-client:wrong")
        }

        #expect(answer.status == .unauthorized)
        #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Basic ") == true)
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.text.contains("\"error\":\"invalid_client\""))
    }

    @Test(arguments: [
        ("grant_type=client_credentials&client_id=tenant-client&client_secret=wrong", "invalid_client"),
        ("grant_type=client_credentials&client_id=nobody&client_secret=wrong", "invalid_client"),
        ("grant_type=client_credentials&client_id=gateway&client_secret=secret+of+gateway", "invalid_client"),
        ("grant_type=client_credentials", "invalid_client"),
        ("client_id=tenant-client&client_secret=secret+of+tenant-client", "invalid_request"),
        ("grant_type=password&client_id=tenant-client&client_secret=secret+of+tenant-client", "unsupported_grant_type"),
        ("grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
        (
            "grant_type=client_credentials&client_id=tenant-client&client_secret=secret+of+tenant-client&scope=moon",
            "invalid_scope"
        ),
    ])
    func `what cannot be granted is 400 with the error of RFC 6749`(form: String, error: String) async throws {
        let answer = try await HTTPBench().run { try await Self.ask($0, form) }

        #expect(answer.status == .badRequest)
        #expect(answer.text.contains("\"error\":\"\(error)\""))
    }

    @Test func `a body that isn't a form is refused`() async throws {
        let answer = try await HTTPBench().run {
            try await $0.execute(
                uri: "/auth/tenant/access-token",
                method: .post,
                headers: [.contentType: "application/json"],
                body: ByteBuffer(string: "{}")
            )
        }

        #expect(answer.status == .unsupportedMediaType)
        #expect(answer.text.contains("invalid_request"))
    }

    @Test func `the keys are published without their private half`() async throws {
        let answer = try await HTTPBench().run { try await $0.execute(uri: "/auth/keys", method: .get) }

        #expect(answer.text.contains("\"crv\":\"P-256\""))
        #expect(!answer.text.contains("\"d\""))
    }

    private static func ask(
        _ client: any TestClientProtocol,
        _ form: String,
        basic: String? = nil
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        if let basic { headers[.authorization] = "Basic \(Data(basic.utf8).base64EncodedString())" }
        return try await client.execute(
            uri: "/auth/tenant/access-token",
            method: .post,
            headers: headers,
            body: ByteBuffer(string: form)
        )
    }
}
