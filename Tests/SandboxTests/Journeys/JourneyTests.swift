import Formats
import Foundation
import NIOHTTP1
import Testing

@testable import patchbay

/// The product as strangers use it: a process, its sockets, its `sandbox.json`, and a clock to turn.
@Suite(.serialized, .inASandbox) struct JourneyTests {
    @Test func `an order to activation is told to its tenant in four updates, in order`() async throws {
        let life = try SandboxLife.current()

        let id = try await life.order(at: 10_090_000_101)
        let accepted = try await life.status("/service-orders/\(id)")
        try await life.world.advance("P14D")

        let updates = try await life.updates(on: id, of: "PROVIDE_ORDER")
        #expect(["RECEIVED_BY_GATEWAY", "ACKNOWLEDGED"].contains(accepted))
        #expect(updates.map(\.says) == ["UPDATE", "ACKNOWLEDGED", "COMMITTED", "COMPLETED"])
        #expect(updates.map { $0.json["sequenceNumber"]?.integer } == [1, 2, 3, 4])
        #expect(updates.flatMap(\.problems) == [])
        #expect(try await life.status("/service-orders/\(id)") == "COMPLETED")
    }

    @Test func `a fault is closed when its tenant accepts the resolution`() async throws {
        let life = try SandboxLife.current()

        let fault = try await ReportedFault.report(world: life.world, timeline: Timeline(isSilent: true))
        let answer = try await life.stranger.tenant(
            .patch,
            "/service-problem-resolutions/\(fault.resolution)",
            #"{"status":"ACCEPTED","tenantNotes":"It works again."}"#
        )
        try await life.world.settle()

        #expect(answer.status == 200, "\(answer.text)")
        #expect(try await life.status("/service-problems/\(fault.id)") == "COMPLETED")
        let updates = try await life.updates(on: fault.id, of: "SERVICE_PROBLEM")
        #expect(updates.map { $0.json["sequenceNumber"]?.integer } == updates.indices.map { Int64($0) + 1 })
        #expect(updates.filter { $0.says == "CONFIRM" }.count == 1)
        #expect(updates.flatMap(\.problems) == [])
    }

    @Test func `a resolution that nobody answers closes its fault after 48 hours, not before`() async throws {
        let life = try SandboxLife.current()
        let fault = try await ReportedFault.report(world: life.world, timeline: Timeline(isSilent: true))
        let asked = try await life.updates(on: fault.id, of: "SERVICE_PROBLEM").last { $0.says == "CONFIRM" }
        let resolved = try #require(Timestamp.parse(asked?.at ?? ""))
        let clock = try await life.stranger.control(.get, "/clock").json
        let now = try #require(Timestamp.parse(clock["now"]?.string ?? ""))
        let left = Int(resolved.timeIntervalSince(now)) + 48 * 3_600

        try await life.world.advance("PT\(left - 60)S")
        let before = try await life.status("/service-problems/\(fault.id)")
        try await life.world.advance("PT61S")

        #expect(before == "RESOLVED")
        #expect(try await life.status("/service-problems/\(fault.id)") == "COMPLETED")
    }

    @Test func `another tenant's order is as absent as one that never was`() async throws {
        let life = try SandboxLife.current()
        let id = try await life.order(at: 10_090_000_102)

        let foreign = try await life.stranger.tenant(.get, "/service-orders/\(id)", as: "secondTenant")
        let absent = try await life.stranger.tenant(.get, "/service-orders/9876543210", as: "secondTenant")

        #expect(foreign.status == 404)
        #expect(absent.status == 404)
        #expect(withoutUUID(foreign).replacing("\(id)", with: "9876543210") == withoutUUID(absent))
    }

    @Test func `an hour on, a token has expired`() async throws {
        let life = try SandboxLife.current()
        let token = try await life.stranger.token()

        let before = try await life.stranger.tenant(.get, "/suppliers", token: token)
        try await life.world.advance("PT1H")
        let after = try await life.stranger.tenant(.get, "/suppliers", token: token)

        #expect(before.status == 200)
        #expect(after.status == 401)
        #expect(after.headers.first(name: "WWW-Authenticate")?.hasPrefix("Bearer") == true)
    }

    /// Every answer has an identifier of its own; the rest says whether two are the same.
    private func withoutUUID(_ answer: Stranger.Answer) -> String {
        answer.text.replacing(answer.json["uuid"]?.string ?? "-", with: "")
    }
}
