import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import Testing

@testable import Adapters

/// How a tenant is told is configuration, and its secrets are kept sealed (G-080).
@Suite struct TenantUpdatesTermsTests {
    private static let box = SecretBox(key: [UInt8](repeating: 7, count: SecretBox.keyBytes))

    @Test(
        arguments: [
            (#"{"url":"https://t.invalid/u"}"#, nil),
            (#"{"url":"https://t.invalid/u","access":{"type":"mutual-tls"}}"#, "mutual-tls"),
            (#"{"url":"https://t.invalid/u","access":{"type":"basic","user":"us","password":"s3cret"}}"#, "basic"),
            (
                #"""
                {"url":"https://t.invalid/u","access":{"type":"oauth2","tokenUrl":"https://t.invalid/t","clientId":"us",
                "clientSecret":"s3cret","scope":"kcis"}}
                """#, "oauth2"
            ),
        ] as [(String, String?)]
    )
    func `each way of showing who we are is kept, and read without its secret`(body: String, type: String?) async throws
    {
        try await withTenants { client, exchange in
            let put = try await execute(client, .put, "updates", body)
            let read = try await execute(client, .get, "updates")

            #expect(put.status == 200)
            #expect(read.body == put.body)
            #expect((read.json["access"] as? [String: Any])?["type"] as? String == type)
            #expect(!read.body.contains("s3cret"))
            let stored = try #require(exchange.directory.tenant("TENANT1"))
            #expect(stored.updates?.url == "https://t.invalid/u")
            #expect(!String(describing: stored).contains("s3cret"))
            #expect(stored.rejectStatus == 422, "and nothing else has changed")
        }
    }

    @Test func `everything that is wrong is named, and nothing has changed`() async throws {
        try await withTenants { client, exchange in
            let bad = try await execute(
                client,
                .put,
                "updates",
                #"{"url":"ftp://t.invalid","access":{"type":"basic","user":"a:b"},"x":1}"#
            )
            let unknown = try await execute(
                client,
                .put,
                "updates",
                #"{"url":"https://t.invalid","access":{"type":"none"}}"#
            )

            #expect(bad.status == 400)
            #expect(bad.pointers == ["/access/password", "/access/user", "/url", "/x"])
            #expect(unknown.pointers == ["/access/type"])
            #expect(exchange.directory.tenant("TENANT1")?.updates == nil)
        }
    }

    @Test func `a webhook secret is shown once, and two are live during a rotation`() async throws {
        try await withTenants { client, exchange in
            var secrets: [String] = []
            for _ in 0..<3 {
                let made = try await execute(client, .post, "webhook-secrets")
                secrets.append(try #require(made.json["webhookSecret"] as? String))
            }
            let live = exchange.directory.tenant("TENANT1")?.webhookSecrets?.compactMap { Self.box?.open($0) }
            let ended = try await execute(client, .delete, "webhook-secrets/previous")

            #expect(live == [secrets[2], secrets[1]])
            #expect(Set(secrets.compactMap { WebhookKey.bytes($0)?.count }) == [32] && Set(secrets).count == 3)
            #expect(ended.json["webhookSecrets"] as? Int == 1)
            #expect(ended.json["webhookSecret"] == nil)
        }
    }

    @Test func `how a tenant is called, and what signs for it, outlast the next start`() async throws {
        try await withTenants { client, exchange in
            let how = #"{"url":"https://t.invalid/u","access":{"type":"mutual-tls"}}"#
            _ = try await execute(client, .put, "updates", how)
            _ = try await execute(client, .post, "webhook-secrets")
            let before = try #require(exchange.directory.tenant("TENANT1"))

            let terms = TenantTerms(
                clients: [],
                updates: Endpoint(url: "https://configured.invalid"),
                suppliers: ["CITY"],
                buyerIdentifier: "BUYER1"
            )
            try await exchange.configure([.tenant(id: "TENANT1", terms: terms)], by: "start")

            let after = try #require(exchange.directory.tenant("TENANT1"))
            #expect(after.updates == before.updates)
            #expect(after.updatesAccess == .mutualTLS)
            #expect(after.webhookSecrets == before.webhookSecrets)
            #expect(after.suppliers == ["CITY"], "the rest, the configuration says")
        }
    }

    @Test func `a URL without access outlasts the next starts too, until it is the file's own`() async throws {
        try await withTenants { client, exchange in
            func start(_ url: String) async throws -> String? {
                let terms = TenantTerms(
                    clients: [],
                    updates: Endpoint(url: url),
                    suppliers: [],
                    buyerIdentifier: "BUYER1"
                )
                try await exchange.configure([.tenant(id: "TENANT1", terms: terms)], by: "start")
                return exchange.directory.tenant("TENANT1")?.updates?.url
            }

            let first = try await start("https://file.invalid")
            let changed = try await start("https://another.invalid")
            _ = try await execute(client, .put, "updates", #"{"url":"https://staff.invalid/u"}"#)
            let kept = [try await start("https://another.invalid"), try await start("https://third.invalid")]
            _ = try await execute(client, .put, "updates", #"{"url":"https://third.invalid"}"#)
            let back = try await start("https://fourth.invalid")

            #expect([first, changed] == ["https://file.invalid", "https://another.invalid"])
            #expect(kept == ["https://staff.invalid/u", "https://staff.invalid/u"])
            #expect(back == "https://fourth.invalid", "where staff has agreed with the file, the file leads again")
        }
    }

    @Test func `how to show the secret at the token endpoint is kept, and read`() async throws {
        try await withTenants { client, exchange in
            let access = #"{"type":"oauth2","tokenUrl":"https://t.invalid/t","clientId":"us","clientSecret":"s3cret","#
            func put(_ way: String) async throws -> TenantAnswer {
                let body = #"{"url":"https://t.invalid","access":\#(access)"clientAuthentication":"\#(way)"}}"#
                return try await execute(client, .put, "updates", body)
            }

            let body = try await put("body")
            let wrong = try await put("both")

            #expect((body.json["access"] as? [String: Any])?["clientAuthentication"] as? String == "body")
            #expect(wrong.pointers == ["/access/clientAuthentication"])
            guard case .oauth2(_, _, _, _, .body)? = exchange.directory.tenant("TENANT1")?.updatesAccess else {
                Issue.record("not kept")
                return
            }
        }
    }

    @Test func `an address that our policy forbids is refused, the token endpoint's too`() async throws {
        let checks = try PartyChecks(
            addresses: AddressPolicy(.publicAnd(allowed: [])),
            authorities: nil,
            realTime: .real
        )
        try await withTenants(checks: checks) { client, exchange in
            let access = #"{"type":"oauth2","tokenUrl":"http://127.0.0.1/t","clientId":"us","clientSecret":"s3cret"}"#
            let reply = try await execute(client, .put, "updates", #"{"url":"https://10.0.0.1","access":\#(access)}"#)

            #expect(reply.status == 400)
            #expect(reply.pointers == ["/access/tokenUrl", "/url"])
            #expect(exchange.directory.tenant("TENANT1")?.updates == nil)
        }
    }

    @Test func `a tenant that nobody knows is not there`() async throws {
        try await withTenants { client, _ in
            let read = try await execute(client, .get, "updates", tenant: "NOBODY")
            let made = try await execute(client, .post, "webhook-secrets", tenant: "NOBODY")

            #expect(read.status == 404)
            #expect(made.status == 404)
        }
    }

    @Test func `a house without a key keeps no secrets`() async throws {
        try await withTenants(nil) { client, _ in
            let made = try await execute(client, .post, "webhook-secrets")

            #expect(made.status == 409)
        }
    }

    private func withTenants(
        _ box: SecretBox? = box,
        checks: PartyChecks = PartyChecks(),
        _ body: @escaping @Sendable (any TestClientProtocol, Exchange) async throws -> Void
    ) async throws {
        let store = try SQLiteStore(.temporary)
        let exchange = Exchange(store: store, time: .real, ids: .system, directory: Directory()) { _, _, _, _ in
            .json([])
        }
        let terms = TenantTerms(clients: [], suppliers: [], buyerIdentifier: "BUYER1", rejectStatus: 422)
        try await exchange.register(.tenant(id: "TENANT1", terms: terms))
        let router = Router(context: BasicRequestContext.self)
        TenantUpdatesTerms(exchange: exchange, secrets: box, checks: checks).add(to: router.group("operator/v1")) { _ in
            "desk"
        }
        try await Application(router: router).test(.router) { try await body($0, exchange) }
        try await store.close()
    }

    private func execute(
        _ client: any TestClientProtocol,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        tenant: String = "TENANT1"
    ) async throws -> TenantAnswer {
        try await client.execute(
            uri: "/operator/v1/tenants/\(tenant)/\(path)",
            method: method,
            headers: [.contentType: "application/json"],
            body: body.map { ByteBuffer(string: $0) }
        ) { TenantAnswer(status: $0.status.code, headers: $0.headers, body: String(buffer: $0.body)) }
    }
}
