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
