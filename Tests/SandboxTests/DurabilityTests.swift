import Domain
import Formats
import Foundation
import Glibc
import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1
import Synchronization
import Testing

@testable import Adapters
@testable import Engine
@testable import patchbay

/// Real processes whose disk fails, whose database is lost, and that a message ends.
@Suite(.serialized, .timeLimit(.minutes(10))) struct DurabilityTests {
    @Test func `on a disk that takes nothing each contract says when to come again, and all goes on once it does`()
        async throws
    {
        let process = try SandboxProcess()
        defer { process.remove() }
        let world = try await process.start()
        let life = try SandboxLife(world: world, directory: process.directory)
        let stranger = life.stranger
        let token = try await stranger.token()
        let visit = try await life.book(at: 10_090_000_701)
        let order = SandboxLife.orderBody(#"{"id":"10090000701","type":"UPRN"}"#, visit)
        let ready = "\(world.told("tenant", "baseURL").replacing("/v1", with: ""))/health/ready"

        try limitFiles(of: process, to: 1)
        let refused = try await stranger.tenant(.post, "/service-orders", order, token: token)
        #expect(refused.status == 503, "\(refused.text)")
        #expect(refused.headers["Retry-After"] == ["5"])
        #expect(refused.json["code"]?.string == "GATEWAY_FAULT")
        let ticket = try await stranger.secure("ticketing", "/addFaultReport", TicketSample.add("DISK-1"))
        #expect(ticket.status == 503, "\(ticket.text)")
        #expect(ticket.headers["Retry-After"] == ["5"])
        #expect(ticket.text.contains("<responseCode>503</responseCode>"), "\(ticket.text)")
        let unready = try await stranger.open(.get, ready)
        #expect(unready.status == 503)
        #expect(unready.json["reason"]?.string == "the database cannot be written")

        try limitFiles(of: process, to: nil)
        #expect(try await stranger.open(.get, ready).status == 200)
        let placed = try await stranger.tenant(.post, "/service-orders", order, token: token)
        #expect(placed.status == 201, "\(placed.text)")
        #expect(try await stranger.secure("ticketing", "/addFaultReport", TicketSample.add("DISK-1")).status == 201)
        process.kill()
        await world.close()

        let next = try await process.start()
        let id = placed.json["id"]?.integer ?? 0
        #expect(try await Stranger(readingFrom: process.directory).tenant(.get, "/service-orders/\(id)").status == 200)
        await next.close()
    }

    @Test func `a sandbox that lost acknowledged commits says so and does not start, unless the loss is accepted`()
        async throws
    {
        let process = try SandboxProcess()
        defer { process.remove() }
        let world = try await process.start()
        let life = try SandboxLife(world: world, directory: process.directory)
        _ = try await life.order(at: 10_090_000_702)
        process.kill()
        await world.close()
        try FileManager.default.removeItem(atPath: process.directory + "/patchbay.sqlite-wal")

        let refusal = try process.refusal()
        #expect(refusal.code != 0)
        #expect(refusal.said.contains("has lost commits that were acknowledged"), "\(refusal.said)")
        #expect(refusal.said.contains("--accept-loss"))

        await (try await process.start(["--accept-loss"])).close()
        process.kill()
        await (try await process.start()).close()
    }

    @Test func `a gateway that a message ends parks it at the third death, and delivers the rest`() async throws {
        let base = try SandboxProcess.freePorts()
        let directory = FileManager.default.temporaryDirectory.appending(path: "patchbay-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await Executioner.listen { url, executioner in
            try Data(Self.gateway(base, supplier: url).utf8).write(to: directory.appending(path: "gateway.json"))
            let gateway = "http://127.0.0.1:\(base)"
            let file = #"""
                {"tenant":{"baseURL":"\#(gateway)/v1","tokenURL":"\#(gateway)/auth/tenant/access-token",
                "clientId":"tenant-app","clientSecret":"a+secret+that+is+long+enough"}}
                """#
            try Data(file.utf8).write(to: directory.appending(path: "sandbox.json"))
            let stranger = try Stranger(readingFrom: directory.path)

            // The first life takes the message, and each of the first three dies of it.
            for round in 1...3 {
                let process = try await Self.serve(directory, at: gateway)
                executioner.condemn(process.processIdentifier)
                if round == 1 {
                    let asked = try? await stranger.tenant(.post, "/service-tests", Self.test("S1000001"))
                    #expect(asked.map { $0.status == 201 } ?? true)
                }
                process.waitUntilExit()
                #expect(process.terminationReason == .uncaughtSignal)
            }
            // The token's request and the message's own are both heard.
            let heard = executioner.heard
            #expect(heard >= 3)

            let process = try await Self.serve(directory, at: gateway)
            var metrics = ""
            for _ in 0..<100 where !metrics.contains("pb_outbox_parked 1") {
                metrics = try await stranger.open(.get, gateway + "/metrics").text
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(metrics.contains("pb_outbox_parked 1"), "\(metrics)")
            #expect(metrics.contains(#"pb_alerts_total{alert="poison-message"} 1"#))
            let other = try await stranger.tenant(.post, "/service-tests", Self.test("S1000002"))
            #expect(other.status == 201, "\(other.text)")
            for _ in 0..<100 where executioner.heard == heard { try await Task.sleep(for: .milliseconds(100)) }
            #expect(executioner.heard > heard, "the rest goes on")
            process.terminate()
            process.waitUntilExit()
        }
    }

    // MARK: -

    /// How large a file of the process may become; nil: as it likes. What lies beyond cannot be written.
    private func limitFiles(of process: SandboxProcess, to bytes: UInt?) throws {
        let pid = try #require(process.pid)
        let tool = Process()
        tool.executableURL = URL(filePath: "/usr/bin/prlimit")
        tool.arguments = ["--pid", "\(pid)", "--fsize=\(bytes.map(String.init) ?? "unlimited"):unlimited"]
        try tool.run()
        tool.waitUntilExit()
        #expect(tool.terminationStatus == 0)
    }

    private static let secret = "a secret that is long enough"

    private static func test(_ service: String) -> String {
        #"""
        {"supplier":"TOWN","serviceId":"\#(service)","problemType":"OUTAGE","serviceSpecification":{"id":"ftthl2r"},
        "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}]}
        """#
    }

    private static func gateway(_ port: Int, supplier: String) -> String {
        #"""
        {"role":"gateway","database":"gateway.sqlite","plain":{"port":\#(port),"publicURL":"http://gateway.invalid"},
        "webhookKey":{"secretVariable":"WEBHOOKS"},"sealingKey":{"secretVariable":"SEALING"},
        "callable":["127.0.0.0/8"],
        "tenants":[{"id":"TENANT1","clients":[{"clientId":"tenant-app","secretVariable":"SECRET"}],
        "updates":"\#(supplier)","suppliers":["TOWN"]}],
        "staff":[{"name":"desk","clients":[{"clientId":"staff-app","secretVariable":"SECRET"}]}],
        "suppliers":[{"id":"TOWN","name":"The town's operator","native":{"baseURL":"\#(supplier)/wholesale/v1",
        "tokenURL":"\#(supplier)/token","clientId":"gateway","secretVariable":"SECRET"},
        "clients":[{"clientId":"town-updates","secretVariable":"SECRET"}],"products":[{"id":"ftthl2r","name":"Fibre"}]}]}
        """#
    }

    /// Starts it, and waits until it answers.
    private static func serve(_ directory: URL, at url: String) async throws -> Process {
        let process = Process()
        process.executableURL = ProgramRun.program
        process.arguments = ["serve", "--config", directory.appending(path: "gateway.json").path]
        process.environment = [
            "SECRET": secret, "WEBHOOKS": WebhookKey.spelt(Array(1...32)),
            "SEALING": Data(33...64).base64EncodedString(),
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<600 where process.isRunning {
            if let answer = try? await Stranger.status(of: url + "/health/live"), answer == 200 { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        return process
    }
}

/// Somebody's server that ends whoever it is told to at the next call, as an answer would that a program cannot bear.
private final class Executioner: Sendable {
    private let state = Mutex((condemned: Int32?.none, heard: 0))

    var heard: Int { state.withLock { $0.heard } }

    func condemn(_ pid: Int32) { state.withLock { $0.condemned = pid } }

    private func strike() {
        let condemned = state.withLock { state in
            defer { state.condemned = nil }
            state.heard += 1
            return state.condemned
        }
        if let condemned { _ = Glibc.kill(condemned, SIGKILL) }
    }

    static func listen(_ body: @escaping @Sendable (_ url: String, Executioner) async throws -> Void) async throws {
        let executioner = Executioner()
        let listener = PlainListener(
            ListenerConfiguration(name: "receiver", host: "127.0.0.1", port: 0),
            activity: Activity(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        listener.router.post("**") { _, _ in
            executioner.strike()
            return Response(status: .serviceUnavailable)
        }
        let (ports, running) = AsyncStream<Int>.makeStream()
        let application = listener.application { running.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            defer { group.cancelAll() }
            let port = await ports.first { _ in true } ?? 0
            try await body("http://127.0.0.1:\(port)/my", executioner)
        }
    }
}
