import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Storage
import Testing

@testable import Adapters

/// Clients' secrets are rotated and their tokens revoked while they work (G-006).
@Suite struct ClientsTests {
    @Test func `a rotation has two secrets that are good, and ends with the new one`() async throws {
        try await Self.run { bench in
            let first = try await bench.secret()
            let second = try await bench.secret()
            let during = [try await bench.asks(first), try await bench.asks(second)]
            let ended = try await bench.send(.delete, "/secrets/previous")
            let after = [try await bench.asks(first), try await bench.asks(second)]

            #expect(during == [200, 200])
            #expect(ended.json["secrets"] as? Int == 1)
            #expect(after == [400, 200])
        }
    }

    @Test func `a third secret ends the first`() async throws {
        try await Self.run { bench in
            let secrets = [try await bench.secret(), try await bench.secret(), try await bench.secret()]

            var answers: [Int] = []
            for secret in secrets { answers.append(try await bench.asks(secret)) }

            #expect(answers == [400, 200, 200])
        }
    }

    @Test func `a secret is shown once, and only its hash is kept`() async throws {
        try await Self.run { bench in
            let answer = try await bench.send(.post, "/secrets")
            let secret = try #require(answer.json["clientSecret"] as? String)

            let read = try await bench.send(.get, "")
            let kept = try #require(bench.exchange.directory.client("app")?.client.secretHashes)

            #expect(secret.count == 64)
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(read.status == 200 && !read.body.contains(secret))
            #expect(kept.count == 1 && !kept[0].contains(secret))
        }
    }

    @Test func `tokens of before a revocation are refused at once, and new ones are good`() async throws {
        try await Self.run { bench in
            let secret = try await bench.secret()
            let old = try await bench.token(secret)
            let before = [try await bench.whoami(old), try await bench.whoami(old)]
            let revoked = try await bench.send(.post, "/revocation")
            let refused = try await bench.whoami(old)
            let new = try await bench.whoami(try await bench.token(secret))

            #expect(before == [200, 200], "and its signature is in the cache now")
            #expect(revoked.status == 200)
            #expect(refused == 401)
            #expect(new == 200)
        }
    }

    @Test func `a token that was given between two revocations of one second does not outlive the second`() async throws
    {
        try await Self.run { bench in
            let secret = try await bench.secret()
            _ = try await bench.send(.post, "/revocation")
            let between = try await bench.token(secret)
            let good = try await bench.whoami(between)
            _ = try await bench.send(.post, "/revocation")
            let after = try await bench.token(secret)

            #expect(good == 200)
            #expect(try await bench.whoami(between) == 401)
            #expect(try await bench.whoami(after) == 200)
        }
    }

    @Test func `a token ends with its client`() async throws {
        try await Self.run { bench in
            let token = try await bench.token(try await bench.secret())
            let before = try await bench.whoami(token)
            try await bench.exchange.register(.tenant(id: "TENANT1", terms: ClientsBench.terms([])))

            #expect([before, try await bench.whoami(token)] == [200, 401])
        }
    }

    @Test func `what was changed of a client outlasts the next start, which says its terms again`() async throws {
        try await Self.run { bench in
            let secret = try await bench.secret()
            _ = try await bench.send(.delete, "/secrets/previous")
            _ = try await bench.send(.put, "/restrictions", #"{"sources":["127.0.0.1/32"]}"#)
            _ = try await bench.send(.post, "/revocation")
            let before = try #require(bench.exchange.directory.client("app")).client

            let configured = APIClient(clientID: "app", secretHashes: [SecretHash.make("first")], scopes: ["read"])
            let role = Party.Role.tenant(id: "TENANT1", terms: ClientsBench.terms([configured]))
            try await bench.exchange.configure([role], by: "start")

            let after = try #require(bench.exchange.directory.client("app")).client
            #expect(after.secretHashes.count == 1 && SecretHash.verify(secret, against: after.secretHashes[0]))
            #expect(after.sources == ["127.0.0.1/32"])
            #expect(after.tokensNotBefore != nil && after.tokensNotBefore == before.tokensNotBefore)
            #expect(after.scopes == ["read"], "what a client may do, the configuration says")
        }
    }

    @Test func `restrictions are read, and what is wrong with them is named`() async throws {
        try await Self.run { bench in
            let good = try await bench.send(.put, "/restrictions", #"{"sources":["192.0.2.0/24"]}"#)
            let bad = try await bench.send(
                .put,
                "/restrictions",
                #"{"sources":["everywhere"],"certificates":["x"],"y":1}"#
            )

            #expect(good.status == 200)
            #expect(good.json["sources"] as? [String] == ["192.0.2.0/24"])
            #expect(bad.status == 400)
            #expect(bad.pointers == ["/certificates", "/sources", "/y"])
        }
    }

    @Test func `from another address than its own a client gets no token, and its token no answer`() async throws {
        try await Self.run(on: .live) { bench in
            let secret = try await bench.secret()
            let token = try await bench.token(secret)
            _ = try await bench.send(.put, "/restrictions", #"{"sources":["192.0.2.0/24"]}"#)
            let elsewhere = [try await bench.asks(secret), try await bench.whoami(token)]
            _ = try await bench.send(.put, "/restrictions", #"{"sources":["192.0.2.0/24","127.0.0.0/8","::1"]}"#)
            let here = [try await bench.asks(secret), try await bench.whoami(token)]

            #expect(elsewhere == [403, 403])
            #expect(here == [200, 200])
        }
    }

    @Test(arguments: [
        ("192.0.2.7", 200), ("203.0.113.9, 192.0.2.7", 200), ("192.0.2.7, 127.0.0.1", 200),
        ("192.0.2.7, 203.0.113.9", 403), ("192.0.2.7, nonsense", 403), ("", 403),
        ("192.0.2.7:4711", 200), ("\"192.0.2.7:4711\"", 200), ("\t192.0.2.7\t", 200), ("[2001:db8::7]:4711", 200),
        ("\"[2001:db8::7]\"", 200), ("2001:db8::7", 200), ("192.0.2.7 , 127.0.0.1:80", 200), ("::ffff:192.0.2.7", 200),
        ("nonsense, 192.0.2.7", 200), ("192.0.2.7,", 403), ("192.0.2.7,,127.0.0.1", 403), ("192.0.2.7, ", 403),
        ("192.0.2.7:", 403), ("192.0.2.7:http", 403), ("192.0.2.7:123456", 403), ("[192.0.2.7]", 403),
        ("[2001:db8::7", 403), ("\"192.0.2.7", 403), ("2001:db8::7%eth0", 403), ("unknown", 403), ("192.0.2.7 x", 403),
        ("192.0.2.7|127.0.0.1, 192.0.2.7", 200), ("192.0.2.7|127.0.0.1,", 403), ("203.0.113.9|192.0.2.7", 200),
    ])
    func `behind a proxy of ours the caller is whom the proxy names, not whom the caller names`(
        forwarded: String,
        status: Int
    ) async throws {
        let proxies = SourceAddress(proxies: ["127.0.0.0/8", "::1"].compactMap(AddressRange.init))

        try await Self.run(on: .live, source: proxies) { bench in
            let token = try await bench.token(try await bench.secret())
            _ = try await bench.send(.put, "/restrictions", #"{"sources":["192.0.2.0/24","2001:db8::/32"]}"#)
            let lines = forwarded.split(separator: "|", omittingEmptySubsequences: false).map(String.init)

            #expect(try await bench.whoami(token, forwarded: lines) == status)
        }
    }

    @Test func `a client whose certificate is registered gets nothing without it`() async throws {
        try await Self.run { bench in
            let secret = try await bench.secret()
            let token = try await bench.token(secret)
            try await bench.exchange.changeClient("app", "test", by: "test") { client, _ in
                client.certificateFingerprints = [String(repeating: "ab", count: 32)]
            }

            #expect([try await bench.asks(secret), try await bench.whoami(token)] == [400, 401])
        }
    }

    @Test func `a token that is bound to a certificate is no good on a plain connection`() async throws {
        try await Self.run { bench in
            let token = try await bench.authority.issue(
                to: "app",
                audience: .tenantAPI,
                scopes: ["read"],
                certificate: String(repeating: "ab", count: 32)
            )

            #expect(try await bench.whoami(token) == 401)
        }
    }

    @Test func `nobody may take another party's client`() async throws {
        try await Self.run { bench in
            let refusal = await #expect(throws: Rejection.self) {
                try await bench.exchange.register(
                    .tenant(id: "RIVAL", terms: ClientsBench.terms([ClientsBench.client]))
                )
            }

            #expect(refusal?.code == .alreadyExists)
            #expect(bench.exchange.directory.tenant("RIVAL") == nil)
        }
    }

    @Test func `a client that nobody has is not there`() async throws {
        try await Self.run { bench in
            let read = try await bench.send(.get, "", client: "nobody")
            let revoked = try await bench.send(.post, "/revocation", client: "nobody")

            #expect(read.status == 404)
            #expect(revoked.status == 404)
        }
    }

    private static func run(
        on framework: TestingSetup = .router,
        source: SourceAddress = SourceAddress(),
        _ body: @Sendable @escaping (ClientsBench) async throws -> Void
    ) async throws {
        try await ClientsBench.run(on: framework, source: source, body)
    }
}

/// A tenant's client, the endpoint where it gets tokens, and one route behind them.
private struct ClientsBench: Sendable {
    static let client = APIClient(clientID: "app", secretHashes: [], scopes: ["read"])

    let client: any TestClientProtocol
    let exchange: Exchange
    let authority: TokenAuthority

    static func terms(_ clients: [APIClient]) -> TenantTerms {
        TenantTerms(clients: clients, suppliers: [], buyerIdentifier: "BUYER1")
    }

    static func run(
        on setup: TestingSetup,
        source: SourceAddress,
        _ body: @Sendable @escaping (ClientsBench) async throws -> Void
    ) async throws {
        let store = try SQLiteStore(.temporary)
        let clock = VirtualClock(startingAt: TenantBench.start)
        let exchange = Exchange(store: store, time: clock.source, ids: .system, directory: Directory()) { _, _, _, _ in
            .json([])
        }
        try await exchange.register(.tenant(id: "TENANT1", terms: terms([client])))
        let authority = await TokenAuthority(
            issuer: "http://exchange.invalid",
            key: try SigningKey(pem: SigningKey.makePEM()),
            time: clock.source
        )
        let listener = PlainListener(
            ListenerConfiguration(name: "plain", host: "127.0.0.1", port: 0),
            activity: Activity(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let directory = exchange.directory
        TokenEndpoint(authority: authority, directory: directory, source: source).addRoutes(to: listener.router)
        let tenants = BearerAuthentication(.tenantAPI, authority: authority, directory: directory, source: source)
        listener.router.authenticated("v1", as: TenantContext.self, by: tenants)
            .get("whoami") { _, context in ByteResponse(bytes: Array(context.tenant.rawValue.utf8)) }
        Clients(exchange: exchange).add(to: listener.router.group("operator/v1")) { _ in "operator/desk" }
        try await listener.application().test(setup) { client in
            try await body(ClientsBench(client: client, exchange: exchange, authority: authority))
        }
        try await store.close()
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        client id: String = "app"
    ) async throws -> TenantAnswer {
        try await execute("/operator/v1/clients/\(id)\(path)", method, [.contentType: "application/json"], body)
    }

    func secret() async throws -> String {
        try #require(try await send(.post, "/secrets").json["clientSecret"] as? String)
    }

    /// The status with which a token is given or refused.
    func asks(_ secret: String) async throws -> Int { try await ask(secret).status }

    func token(_ secret: String) async throws -> String {
        try #require(try await ask(secret).json["access_token"] as? String)
    }

    func whoami(_ token: String, forwarded: [String] = []) async throws -> Int {
        var headers: HTTPFields = [.authorization: "Bearer \(token)", .requestID: "r", .conversationID: "c"]
        headers[values: .forwardedFor] = forwarded
        return try await execute("/v1/whoami", .get, headers, nil).status
    }

    private func ask(_ secret: String) async throws -> TenantAnswer {
        try await execute(
            "/auth/tenant/access-token",
            .post,
            [.contentType: "application/x-www-form-urlencoded"],
            "grant_type=client_credentials&client_id=app&client_secret=\(secret)"
        )
    }

    private func execute(
        _ path: String,
        _ method: HTTPRequest.Method,
        _ headers: HTTPFields,
        _ body: String?
    ) async throws -> TenantAnswer {
        try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        ) { TenantAnswer(status: $0.status.code, headers: $0.headers, body: String(buffer: $0.body)) }
    }
}
