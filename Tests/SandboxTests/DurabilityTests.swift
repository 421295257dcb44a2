import Domain
import Formats
import Foundation
import Glibc
import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Adapters
@testable import Engine
@testable import patchbay

/// Real processes whose disk fails, and whose database is lost.
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

    @Test func `a message that ends the process three times is parked, and what comes behind it goes on`() async throws
    {
        let victim = Mutex<Int32?>(nil)
        let heard = Mutex<[Int64]>([])
        let takes: @Sendable ([UInt8]) -> Void = { body in
            let number = (try? JSONDocument(parsing: body).root)?["sequenceNumber"]?.integer ?? 0
            heard.withLock { $0.append(number) }
            if number == 1, let pid = victim.withLock({ $0 }) { kill(pid, SIGKILL) }
        }
        try await Receiver.listen(onPost: takes) { url, _ in
            let process = try SandboxProcess()
            defer { process.remove() }
            let world = try await process.start()
            let life = try SandboxLife(world: world, directory: process.directory)
            _ = try await life.stranger.control(.put, "/endpoints", #"{"tenantUpdates":"\#(url)"}"#)
            victim.withLock { $0 = process.pid }
            // Its answer may be lost with the process.
            _ = try? await life.order(at: 10_090_000_703)
            #expect(process.end() == SIGKILL)
            await world.close()
            for _ in 2...3 {
                try process.launch()
                victim.withLock { $0 = process.pid }
                #expect(process.end() == SIGKILL)
            }

            let last = try await process.start()
            try await last.settle()
            await last.close()
        }
        #expect(heard.withLock { $0 } == [1, 1, 1, 2])
    }

    @Test func `a failed flush ends the process at once with 74, and nothing was acknowledged`() async {
        await #expect(processExitsWith: .exitCode(74)) {
            try FaultyDisk.install()
            let place = try TestPlace(database: .sqlite)
            let store = try DiskTrouble(Logger(label: "test")).open(place.path, acceptsLoss: false)
            try await FaultyDisk.failing(.flush, place.path) {
                try await store.write { _ = try $0.takeNumbers(of: "x", count: 1) }
            }
            // An acknowledgement, which there must not be.
            exit(0)
        }
    }

    @Test(arguments: ["gateway", "partner"])
    func `a house that lost acknowledged commits says so and does not start, unless the loss is accepted`(role: String)
        async throws
    {
        let house = try ServedHouseProcess(role)
        defer { house.remove() }
        try await house.start()
        house.kill()
        // Of the log alone the house may have moved everything into the database by then.
        for file in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: house.database + file) }

        let refusal = try house.refusal()
        #expect(refusal.code != 0)
        #expect(refusal.complained.contains("is missing or empty, but its mark"), "\(refusal.complained)")
        #expect(refusal.complained.contains("--accept-loss"))

        try await house.start(["--accept-loss"])
        #expect(try house.stop() == 0)
        try await house.start()
        #expect(try house.stop() == 0)
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
}
