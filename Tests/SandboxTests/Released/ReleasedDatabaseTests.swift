import Domain
import Formats
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Sandbox
@testable import patchbay

/// The databases of each released build, as `scripts/release-fixture` made them: every later build opens, reads and continues them.
@Suite struct ReleasedDatabaseTests {
    /// What the queries of the `sqlite3` program count in each file: `SELECT count(*) FROM aggregate`, and so on.
    struct Kept: Sendable, CustomTestStringConvertible {
        let file: String
        let aggregates: Int
        let parcels: Int
        let messages: Int

        var testDescription: String { file }
    }

    static let kept = [
        Kept(file: "v0.1.0/sandbox/patchbay.sqlite", aggregates: 157, parcels: 526, messages: 779),
        Kept(file: "v0.1.0/sandbox/counterparts.sqlite", aggregates: 40, parcels: 32, messages: 278),
        Kept(file: "v0.1.0/gateway.sqlite", aggregates: 4, parcels: 2, messages: 3),
    ]

    @Test(arguments: kept)
    func `every aggregate, message and logged message of a released database is read`(kept: Kept) async throws {
        let directory = try Self.copy(URL(filePath: Self.released + "/" + kept.file).deletingLastPathComponent().path)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try SQLiteStore(.file(path: directory + "/" + URL(filePath: kept.file).lastPathComponent))

        let read = try await store.read { transaction in
            var entities: [EntityRef] = []
            for type in Self.types { entities += try Self.entities(of: type, in: transaction) }
            var parcels = 0
            for entity in entities { parcels += try transaction.parcels(of: entity, limit: 10_000).count }
            return (
                aggregates: entities.count, parcels: parcels,
                messages: try transaction.messages(after: 0, limit: 100_000).count
            )
        }
        try await store.close()

        #expect(read.aggregates == kept.aggregates)
        #expect(read.parcels == kept.parcels)
        #expect(read.messages == kept.messages)
    }

    @Test func `a sandbox goes on where the released one was killed`() async throws {
        let sandbox = try SandboxProcess()
        defer { sandbox.remove() }
        try FileManager.default.copyItem(atPath: Self.released + "/v0.1.0/sandbox", toPath: sandbox.directory)

        let life = try await sandbox.start()
        let before = try await Self.statuses(of: 23...25, in: life)
        for _ in 0..<30 { try await life.advance("P1D") }
        let after = try await Self.statuses(of: 23...25, in: life)
        await life.close()

        #expect(before == ["IN_PROGRESS", "IN_PROGRESS", "IN_PROGRESS"])
        #expect(after == ["COMPLETED", "COMPLETED", "COMPLETED"])
    }

    private static let types: [any Aggregate.Type] = [
        Party.self, ServiceOrder.self, ChangeRequest.self, Reservation.self, ServiceTest.self, ServiceProblem.self,
        SupplyOrder.self, LineTest.self, FaultReport.self, Appointment.self, AppointmentDay.self, InstallationJob.self,
        WorkOrder.self, ProblemChange.self, Quote.self, AddressIdentity.self, ScriptedOrder.self, PlayedVisit.self,
        PlayedTicket.self, PlayedObjection.self, KeptBehaviour.self,
    ]

    private static let released = URL(filePath: #filePath).deletingLastPathComponent().path

    private static func entities<A: Aggregate>(of type: A.Type, in transaction: any ReadTransaction) throws
        -> [EntityRef]
    {
        try transaction.list(type, of: nil, inState: nil, after: 0, limit: 10_000).map(\.ref)
    }

    private static func copy(_ folder: String) throws -> String {
        let copy = FileManager.default.temporaryDirectory.appending(path: "patchbay-released-\(UUID().uuidString)").path
        try FileManager.default.copyItem(atPath: folder, toPath: copy)
        return copy
    }

    private static func statuses(of orders: ClosedRange<Int>, in life: DemoWorld) async throws -> [String] {
        var statuses: [String] = []
        for order in orders {
            let answer = try await life.tenant(.get, "/service-orders/\(order)", conversation: "released")
            statuses.append(answer.root["status"]?.string ?? "")
        }
        return statuses
    }
}
