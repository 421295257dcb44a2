import Adapters
import AsyncHTTPClient
import Engine
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Storage
import Testing

@testable import Sandbox
@testable import patchbay

/// What is the gateway's own can have a listener of its own, and then it is on no other.
@Suite(.serialized) struct OperationsListenerTests {
    @Test(arguments: [
        ("/metrics", 404, 200), ("/operator/v1/clients/x", 404, 401), ("/auth/operator/access-token", 404, 405),
        ("/auth/tenant/access-token", 405, 404), ("/v1/suppliers", 401, 404), ("/health/ready", 200, 200),
        ("/.well-known/jwks.json", 200, 200),
    ])
    func `metrics and staff's interface are on their own listener alone`(
        path: String,
        plain: UInt,
        operations: UInt
    ) async throws {
        let found = try await Self.live(#""operations":{"port":0},"#) { ports in
            try await [Self.status(path, ports["plain"]), Self.status(path, ports["operations"])]
        }

        #expect(found == [plain, operations])
    }

    @Test func `without one they are on the plain listener`() async throws {
        let found = try await Self.live("") { ports in
            try await [Self.status("/metrics", ports["plain"]), Self.status("/operator/v1/clients/x", ports["plain"])]
        }

        #expect(found == [200, 401])
    }

    private static func status(_ path: String, _ port: Int?) async throws -> UInt {
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(port ?? 0)\(path)")
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(5))
        _ = try await answer.body.collect(upTo: 1 << 20)
        return answer.status.code
    }

    /// One life of a gateway whose supplier is nowhere.
    private static func live<Value: Sendable>(
        _ more: String,
        _ body: @escaping @Sendable ([String: Int]) async throws -> Value
    ) async throws -> Value {
        let text = """
            {"role":"gateway","database":"unused.sqlite","plain":{"port":0,"publicURL":"http://gateway.invalid"},\(more)
            "webhookKey":{"secretVariable":"WEBHOOKS"},"sealingKey":{"secretVariable":"SEALING"},
            "tenants":[{"id":"T","clients":[{"clientId":"t","secretVariable":"SECRET"}],"suppliers":["CITY"]}],
            "suppliers":[{"id":"CITY","name":"City","native":{"baseURL":"https://c.invalid","tokenURL":"https://c.invalid/t",
            "clientId":"us","secretVariable":"SECRET"},"clients":[{"clientId":"c","secretVariable":"SECRET"}],
            "products":[{"id":"p"}]}]}
            """
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".json").path
        try Data(text.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let environment = [
            "SECRET": "a secret that is long enough",
            "WEBHOOKS": "whsec_" + Data("the webhook key of these tests!!".utf8).base64EncodedString(),
            "SEALING": Data("the sealing key of these tests!!".utf8).base64EncodedString(),
        ]
        let file = try HouseFile(ConfigurationFile(at: path, environment: environment))
        let ground = HouseGround(
            store: try SQLiteStore(.temporary),
            time: .real,
            ids: .system,
            metrics: PrometheusMetrics(),
            logger: .quiet
        )
        let house = try await file.house(on: ground)
        let bound = Bound(more.isEmpty ? ["plain"] : ["plain", "operations"])
        let services = house.services(until: []) { bound.opened($0, on: $1) }
        let value = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            let value = try await body(try await bound.ports())
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return value
        }
        try await house.close()
        return value
    }
}
