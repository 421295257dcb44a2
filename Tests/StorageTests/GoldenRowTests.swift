import Domain
import Foundation
import Storage
import Testing

/// Rows as a released program wrote them must be read for ever: stored names are never renamed.
///
/// `Golden/` has a file a kind, `serviceOrder.json`, in the bytes of the `aggregate` table's `body`. A new aggregate's
/// comes from a sandbox's database: `sqlite3 store.sqlite "SELECT body FROM aggregate WHERE kind = 'serviceOrder' LIMIT 1"`.
@Suite struct GoldenRowTests {
    static let types: [any Aggregate.Type] = [
        Party.self, ServiceOrder.self, ChangeRequest.self, Reservation.self, ServiceTest.self, ServiceProblem.self,
        SupplyOrder.self,
        LineTest.self, FaultReport.self, Appointment.self, AppointmentDay.self, InstallationJob.self,
        WorkOrder.self, ProblemChange.self, Quote.self, AddressIdentity.self, ScriptedOrder.self,
    ]
    static let files = try? FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".json") }

    @Test(arguments: files?.sorted() ?? [])
    func `an old row is read, and written again as it was`(file: String) throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(Self.directory)/\(file)")))
        let type = try #require(Self.types.first { "\($0.kind.rawValue).json" == file })

        #expect(try Self.rewritten(bytes, as: type) == String(decoding: bytes, as: UTF8.self))
    }

    @Test func `every aggregate has a golden row`() {
        #expect(Set(Self.files ?? []) == Set(Self.types.map { "\($0.kind.rawValue).json" }))
    }

    private static func rewritten<A: Aggregate>(_ bytes: [UInt8], as type: A.Type) throws -> String {
        String(
            decoding: try StoredJSON.encode(try StoredJSON.decode(type, from: bytes, name: "golden row")),
            as: UTF8.self
        )
    }

    private static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden"
}
