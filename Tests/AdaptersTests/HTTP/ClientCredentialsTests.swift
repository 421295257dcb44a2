import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@testable import Adapters

/// Against our own token endpoint on a socket.
@Suite struct ClientCredentialsTests {
    @Test func `one token serves all callers, until it is about to expire on the product's clock`() async throws {
        let tokens = try await Self.withCredentials { credentials, clock in
            async let first = credentials.authorization()
            async let second = credentials.authorization()
            let together = try await [first.get(), second.get()]
            clock.move(to: HTTPBench.start + .seconds(3_539))
            let kept = try await credentials.authorization().get()
            clock.move(to: HTTPBench.start + .seconds(3_540))
            return try await together + [kept, credentials.authorization().get()]
        }

        #expect(tokens[0] == tokens[1])
        #expect(tokens[0] == tokens[2])
        #expect(tokens[0] != tokens[3])
    }

    @Test func `a token that was refused is forgotten`() async throws {
        let tokens = try await Self.withCredentials { credentials, _ in
            let first = try await credentials.authorization().get()
            await credentials.forget(first)
            return try await [first, credentials.authorization().get()]
        }

        #expect(tokens[0] != tokens[1])
    }

    @Test func `a wrong secret is a failure, not a token`() async throws {
        let answer = try await Self.withCredentials(secret: "wrong") { credentials, _ in
            await credentials.authorization()
        }

        #expect(throws: OutboundFailure.self) { try answer.get() }
    }

    @Test(
        arguments: [
            (#"{"access_token":"t","expires_in":40}"#, 19, 20),
            (#"{"access_token":"t","expires_in":"3600"}"#, 3_539, 3_540),
            (#"{"access_token":"t","expires_in":1e300}"#, 86_339, 86_340), (#"{"access_token":"t"}"#, 239, 240),
            (#"{"access_token":"t","expires_in":"soon"}"#, 239, 240), (#"{"access_token":"t","expires_in":-5}"#, 0, 1),
            (#"{"access_token":"t","expires_in":18446744073709551615}"#, 86_339, 86_340),
            (#"{"access_token":"t","expires_in":99999999999999999999}"#, 86_339, 86_340),
            (#"{"access_token":"t","expires_in":1e30,"issued":1e400}"#, 86_339, 86_340),
        ]
    )
    func `a token is used for half of a short life at least, and a strange lifetime is held to a day`(
        answer: String,
        used: Int,
        renewed: Int
    ) async throws {
        let server = TokenServer { _ in OutboundResponse(status: 200, body: Array(answer.utf8)) }
        let clock = VirtualClock(startingAt: HTTPBench.start)
        let credentials = server.credentials(clock.source)

        _ = await credentials.authorization()
        clock.move(to: HTTPBench.start + .seconds(used))
        _ = await credentials.authorization()
        #expect(server.asked.count == 1)
        clock.move(to: HTTPBench.start + .seconds(renewed))
        _ = await credentials.authorization()
        #expect(server.asked.count == 2)
    }

    @Test(arguments: [-86_400.0, -3_600, 3_600, 86_400])
    func `a wall clock that is set makes a token neither older nor younger`(step: TimeInterval) async throws {
        let server = TokenServer { _ in
            OutboundResponse(status: 200, body: Array(#"{"access_token":"t","expires_in":3600}"#.utf8))
        }
        let wall = VirtualClock(startingAt: HTTPBench.start)
        let passed = Mutex(Duration.zero)
        let time = TimeSource(isVirtual: false) {
            passed.withLock { $0 }
        } now: {
            wall.now.addingTimeInterval(passed.withLock { $0 } > .zero ? step : 0)
        }
        let credentials = server.credentials(time)

        _ = await credentials.authorization()
        for (seconds, asked) in [(1, 1), (3_539, 1), (3_540, 2)] {
            passed.withLock { $0 = .seconds(seconds) }
            _ = await credentials.authorization()
            #expect(server.asked.count == asked, "after \(seconds) seconds")
        }
    }

    @Test(arguments: [200, 201])
    func `any 2xx with a token is a token`(status: Int) async throws {
        let server = TokenServer { _ in OutboundResponse(status: status, body: Array(#"{"access_token":"t"}"#.utf8)) }

        #expect(try await server.credentials().authorization().get() == "Bearer t")
    }

    @Test(arguments: [#"{"access_token":""}"#, #"{"access_token":"a\nb: c"}"#, #"{"token":"t"}"#, "<h1>login</h1>", ""])
    func `a 2xx without a token that a header can have is a failure in words`(body: String) async throws {
        let server = TokenServer { _ in OutboundResponse(status: 200, body: Array(body.utf8)) }

        let failure = await #expect(throws: OutboundFailure.self) {
            try await server.credentials().authorization().get()
        }

        #expect(failure?.text.contains("has no access_token") == true)
    }

    @Test func `a server that wants the secret in the body gets it there, and not by Basic`() async throws {
        let server = TokenServer { _ in OutboundResponse(status: 200, body: Array(#"{"access_token":"t"}"#.utf8)) }

        _ = await server.credentials(secret: "a b&c", authentication: .body).authorization()

        let asked = try #require(server.asked.first)
        #expect(String(decoding: asked.body, as: UTF8.self).hasSuffix("&client_id=gateway&client_secret=a%20b%26c"))
        #expect(!asked.headers.contains { $0.name == "Authorization" })
    }

    @Test func `a server that does not undo the encoding is asked once more, and from then on as it likes`()
        async throws
    {
        let plain = BasicCredentials.header("gateway", "a+b/c=")
        let server = TokenServer { request in
            let isRight = request.headers.contains { $0.name == "Authorization" && $0.value == plain }
            let body = isRight ? #"{"access_token":"t"}"# : #"{"error":"invalid_client"}"#
            return OutboundResponse(status: isRight ? 200 : 401, body: Array(body.utf8))
        }
        let credentials = server.credentials(secret: "a+b/c=")

        let first = await credentials.authorization()
        await credentials.forget("Bearer t")
        let second = await credentials.authorization()

        #expect(try [first.get(), second.get()] == ["Bearer t", "Bearer t"])
        #expect(server.asked.count == 3)
    }

    @Test func `a refusal is told in the server's words, and a wrong secret without signs is not tried twice`()
        async throws
    {
        let body = #"{"error":"invalid_client","error_description":"no such\nclient"}"#
        let server = TokenServer { _ in OutboundResponse(status: 401, body: Array(body.utf8)) }

        let failure = await #expect(throws: OutboundFailure.self) {
            try await server.credentials(secret: "plain").authorization().get()
        }

        #expect(
            failure?.text
                == "no access token: the token endpoint answered with status 401, invalid_client: no such client"
        )
        #expect(server.asked.count == 1)
    }

    private static func withCredentials<Value: Sendable>(
        secret: String = "secret of gateway",
        _ body: @escaping @Sendable (ClientCredentials, VirtualClock) async throws -> Value
    ) async throws -> Value {
        let clock = VirtualClock(startingAt: HTTPBench.start)
        return try await OutboundCallTests.calling("/auth/wholesale/access-token") { call, url in
            let credentials = ClientCredentials(
                tokenURL: url,
                clientID: "gateway",
                clientSecret: secret,
                call: call,
                time: clock.source
            )
            return try await body(credentials, clock)
        }
    }
}

/// A token endpoint of another party's, without a socket.
private final class TokenServer: Sendable {
    private let requests = Mutex<[OutboundRequest]>([])
    private let answer: @Sendable (OutboundRequest) -> OutboundResponse

    var asked: [OutboundRequest] { requests.withLock { $0 } }

    init(_ answer: @escaping @Sendable (OutboundRequest) -> OutboundResponse) { self.answer = answer }

    func credentials(
        _ time: TimeSource = VirtualClock(startingAt: HTTPBench.start).source,
        secret: String = "secret",
        authentication: ClientAuthentication = .basic
    ) -> ClientCredentials {
        ClientCredentials(
            tokenURL: "https://tokens.invalid",
            clientID: "gateway",
            clientSecret: secret,
            scope: nil,
            authentication: authentication,
            time: time
        ) { [self] request in
            requests.withLock { $0.append(request) }
            return .success(answer(request))
        }
    }
}
