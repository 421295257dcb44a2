import Adapters
import Domain
import Engine
import Formats
import Foundation
import HTTPTypes
import Logging
import NIOHTTP1
import ServiceLifecycle
import Storage
import Testing

@testable import Sandbox
@testable import patchbay

/// A gateway's house from a configuration file, on sockets: a tenant on one side, on the other a sandbox's operator, which
/// brings its updates with tokens of its own issuer.
@Suite(.serialized) struct GatewayHouseTests {
    @Test func `an order goes to the supplier, its updates come back, and both outlast the process`() async throws {
        try await GatewayBench.with { bench in
            let id = try await bench.live { house in
                let id = try await bench.order(at: house)
                try await bench.wait(for: "COMPLETED", at: house, "/service-orders/\(id)")

                let feed = try await house.tenant(.get, "/kcis").json
                let types = feed["kcis"]?.elements.compactMap { $0["kci"]?["information"]?["type"]?.string } ?? []
                #expect(types.filter { $0 != "UPDATE" } == ["ACKNOWLEDGED", "COMMITTED", "COMPLETED"])
                try await bench.wait(forKCIs: types.count)
                return id
            }
            try await bench.live { house in
                let order = try await house.tenant(.get, "/service-orders/\(id)").json
                #expect(order["status"]?.string == "COMPLETED")
            }
        }
    }

    @Test func `a fault goes to the supplier's Ticketing API, and its notifications come back`() async throws {
        try await GatewayBench.with { bench in
            try await bench.live { house in
                let address = #"{"id":"10095000701","type":"UPRN"}"#
                let visit = try await bench.book("REPAIR", at: house, address, service: "S1000701")
                let raised = try await house.tenant(
                    .post,
                    "/service-problems",
                    """
                    {"supplier":"TOWN","serviceId":"S1000701","serviceSpecification":{"id":"ftthl2r"},
                    "problemType":"OUTAGE","problemText":"There is no light on the ONT since noon.",
                    "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}],
                    "primaryContact":{"name":"Robin Sample","phoneNumber":"01632 960123"},
                    "appointmentReservationId":\(visit)}
                    """
                )
                let id = try #require(raised.json["id"]?.integer, "\(raised.text)")
                try await bench.wait(for: "RESOLVED", at: house, "/service-problems/\(id)")
            }
        }
    }

    @Test func `a secret that staff rotated is good after the next start, and the file's is not`() async throws {
        try await GatewayBench.with { bench in
            let fresh = try await bench.live { house in
                let made = try await house.tenant(.post, "/clients/tenant-app/secrets", as: "operator")
                #expect(made.status == 200, "\(made.text)")
                let ended = try await house.tenant(.delete, "/clients/tenant-app/secrets/previous", as: "operator")
                #expect(ended.status == 200)
                return made.json["clientSecret"]?.string ?? ""
            }
            try await bench.live { house in
                let filed = try await house.token()
                #expect(filed == "", "the file's secret")
            }
            try await bench.live(secret: fresh) { house in
                let suppliers = try await house.tenant(.get, "/suppliers")
                #expect(suppliers.status == 200)
            }
        }
    }

    @Test func `who is taken out of the file is out at the next start`() async throws {
        try await GatewayBench.with { bench in
            let token = try await bench.live { house in try await house.token() }
            #expect(!token.isEmpty)
            try await bench.live(without: "tenant-app") { house in
                let suppliers = try await house.tenant(.get, "/suppliers", token: token)
                let another = try await house.token()
                #expect(suppliers.status == 401)
                #expect(another == "")
            }
        }
    }

    @Test func `its rate limit holds, and its documents are served`() async throws {
        try await GatewayBench.with { bench in
            try await bench.live { house in
                let answer = try await house.tenant(.get, "/suppliers")
                #expect(answer.headers["RateLimit-Policy"] == [#""tenant";q=1000;w=10"#])
                #expect(answer.text.contains(#""id":"TOWN""#), "\(answer.text)")
                let root = house.text("tenant", "baseURL").replacing("/v1", with: "")
                #expect(try await house.open(.get, root + "/docs/tenant-api.json").status == 200)
                #expect(try await house.open(.get, root + "/docs/supplier-updates-api.json").status == 200)
                #expect(try await house.open(.get, root + "/health/ready").status == 200)
            }
        }
    }
}

/// A directory with a gateway's configuration, a sandbox whose operator is its supplier, and a tenant's receiver.
private struct GatewayBench: Sendable {
    static let secret = "a secret that is long enough"

    let directory: String
    let sandbox: DemoWorld
    /// The sandbox's own.
    let authority: CertificateAuthority
    let receiver: Receiver
    let updates: String

    static func with(_ body: @escaping @Sendable (GatewayBench) async throws -> Void) async throws {
        let process = try SandboxProcess()
        defer { process.remove() }
        let world = try await process.start(clock: "real")
        let directory = process.directory + "/gateway"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let authority = try CertificateAuthority(in: process.directory + "/certificates", now: TimeSource.real.now())
        try await Receiver.listen { updates, receiver in
            let bench = GatewayBench(
                directory: directory,
                sandbox: world,
                authority: authority,
                receiver: receiver,
                updates: updates
            )
            try await body(bench)
        }
        await world.close()
    }

    /// One life of the house, stopped as SIGTERM would.
    ///
    /// - Parameters:
    ///   - secret: the tenant's, as the tenant has it.
    ///   - missing: a client whose tenant is not in the file.
    @discardableResult
    func live<Value: Sendable>(
        secret: String = Self.secret,
        without missing: String = "",
        _ body: @escaping @Sendable (Stranger) async throws -> Value
    ) async throws -> Value {
        try Data(configuration(without: missing).utf8).write(to: url("gateway.json"))
        let environment = [
            "SECRET": Self.secret, "TOWN_SECRET": sandbox.told("supplierCheck", "clientSecret"),
            "WEBHOOKS": WebhookKey.spelt(Array("the webhook key of these tests!!".utf8)),
            "SEALING": Data("the sealing key of these tests!!".utf8).base64EncodedString(),
        ]
        let file = try HouseFile(ConfigurationFile(at: url("gateway.json").path, environment: environment))
        let ground = HouseGround(
            store: try SQLiteStore(.file(path: file.database)),
            time: .real,
            ids: .system,
            metrics: PrometheusMetrics(),
            logger: .quiet
        )
        let house = try await file.house(on: ground)
        let bound = Bound(["plain", "secure"])
        let services = house.services(until: []) { bound.opened($0, on: $1) }
        let value = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            let ports = try await bound.ports()
            let base = "http://127.0.0.1:\(ports["plain"] ?? 0)"
            let notifications = "https://localhost:\(ports["secure"] ?? 0)/buyer/notifications"
            _ = try await sandbox.control(
                .put,
                "/endpoints",
                body: #"{"supplierUpdates":"\#(base)/supplier/v1","buyerNotifications":"\#(notifications)"}"#
            )
            let stranger = try stranger(to: base, secret: secret)
            let value = try await body(stranger)
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return value
        }
        try await house.close()
        return value
    }

    /// Orders a line at an address of the sandbox's town, with the first visit on offer; the order's number.
    func order(at house: Stranger) async throws -> Int64 {
        let address = #"{"id":"10090000501","type":"UPRN"}"#
        let visit = try await book("PROVIDE", at: house, address)
        let order = OrderJourney.order(supplier: "TOWN", product: "ftthl2r", address: address, visit: visit)
        let placed = try await house.tenant(.post, "/service-orders", String(decoding: order, as: UTF8.self))
        return try #require(placed.json["id"]?.integer, "\(placed.text)")
    }

    /// Books the first visit on offer; its number.
    func book(_ purpose: String, at house: Stranger, _ address: String, service: String? = nil) async throws -> Int64 {
        let characteristics = service.map { #"[{"name":"SERVICE_ID","value":"\#($0)"}]"# } ?? "[]"
        let query =
            "supplier=TOWN&address=\(PercentText.encode(address))&appointmentPurpose=\(purpose)"
            + "&serviceSpecification=" + PercentText.encode(#"{"id":"ftthl2r"}"#)
            + "&serviceCharacteristics=" + PercentText.encode(characteristics)
        let slots = try await house.tenant(.get, "/available-appointments?\(query)")
        let slot = try #require(slots.json["timeslots"]?.elements.first { _ in true }, "\(slots.text)")
        let start = slot["timeslotStartDateTime"]?.string ?? ""
        let end = slot["timeslotEndDateTime"]?.string ?? ""
        let line = service.map { #""serviceId":"\#($0)","# } ?? ""
        let booked = try await house.tenant(
            .post,
            "/appointments",
            """
            {"supplier":"TOWN","address":\(address),"serviceSpecification":{"id":"ftthl2r"},\(line)
            "serviceCharacteristics":[],"purpose":"\(purpose)",
            "timeslot":{"timeslotStartDateTime":"\(start)","timeslotEndDateTime":"\(end)"}}
            """
        )
        return try #require(booked.json["id"]?.integer, "\(booked.text)")
    }

    func wait(for status: String, at house: Stranger, _ path: String) async throws {
        var last = ""
        for _ in 0..<600 where last != status {
            last = try await house.tenant(.get, path).json["status"]?.string ?? ""
            try await Task.sleep(for: .milliseconds(100))
        }
        try #require(last == status, "\(path)")
    }

    func wait(forKCIs count: Int) async throws {
        for _ in 0..<100 where receiver.paths.count < count { try await Task.sleep(for: .milliseconds(100)) }
        #expect(receiver.paths == [String](repeating: "/my/kcis", count: count))
    }

    // MARK: -

    private func url(_ name: String) -> URL { URL(filePath: directory).appending(path: name) }

    /// As the sandbox's own file, so that a stranger reads it.
    private func stranger(to base: String, secret: String) throws -> Stranger {
        func client(_ id: String, _ secret: String, _ path: String, _ audience: String) -> String {
            """
            {"baseURL":"\(base)/\(path)","tokenURL":"\(base)/auth/\(audience)/access-token","clientId":"\(id)",
            "clientSecret":"\(secret.replacing(" ", with: "+"))"}
            """
        }
        let tenant = client("tenant-app", secret, "v1", "tenant")
        let staff = client("staff-app", Self.secret, "operator/v1", "operator")
        try Data(#"{"tenant":\#(tenant),"operator":\#(staff)}"#.utf8).write(to: url("sandbox.json"))
        return try Stranger(readingFrom: directory)
    }

    private func configuration(without missing: String) throws -> String {
        func files(_ files: TLSFiles) -> String {
            #""certificate":"\#(files.certificate)","key":"\#(files.key)","authorities":"\#(files.authorities)""#
        }
        let issuer = sandbox.told("tenant", "baseURL").replacing("/v1", with: "")
        let tenants = [("TENANT1", "tenant-app"), ("TENANT2", "second-app")].filter { $0.1 != missing }.map {
            id,
            client in
            """
            {"id":"\(id)","clients":[{"clientId":"\(client)","secretVariable":"SECRET"}],"updates":"\(updates)",
            "suppliers":["TOWN"],"buyerIdentifier":"\(sandbox.told("ticketing", "buyerIdentifier"))"}
            """
        }
        return """
            {"role":"gateway","database":"gateway.sqlite","plain":{"port":0,"publicURL":"http://gateway.invalid"},
            "secure":{"port":0,\(files(try authority.server().files))},
            "client":{\(files(try authority.client("buyer").files))},
            "webhookKey":{"secretVariable":"WEBHOOKS"},"sealingKey":{"secretVariable":"SEALING"},
            "callable":["127.0.0.0/8","::1"],"rateLimit":{"requests":1000,"seconds":10},"tenants":[\(tenants.joined(separator: ","))],
            "staff":[{"name":"desk","clients":[{"clientId":"staff-app","secretVariable":"SECRET"}]}],
            "suppliers":[{"id":"TOWN","name":"The town's operator","native":{
            "baseURL":"\(sandbox.told("supplierCheck", "baseURL"))","tokenURL":"\(sandbox.told("supplierCheck", "tokenURL"))",
            "clientId":"\(sandbox.told("supplierCheck", "clientId"))","secretVariable":"TOWN_SECRET"},
            "ticketing":{"baseURL":"\(sandbox.told("ticketing", "baseURL"))","sources":["127.0.0.1","::1"],
            "certificates":["\(try authority.client("operator").files.certificate)"]},
            "clients":[{"clientId":"town-updates"}],"products":[{"id":"ftthl2r","name":"Fibre"}]}],
            "issuers":[{"issuer":"\(issuer)","audience":"supplier-api","for":"supplier","scopeClaim":"scope",
            "clients":[{"named":"\(sandbox.told("supplier", "clientId"))","clientId":"town-updates"}],
            "keysURL":"\(issuer)/.well-known/jwks.json"}]}
            """
    }
}
