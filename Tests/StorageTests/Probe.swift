import Domain
import FoundationEssentials
import Storage
import TestSupport

/// An aggregate of these tests: everything that the store looks at can be set.
struct Probe: Aggregate {
    enum Input: Codable, Equatable, Sendable { case poked }
    enum Alarm: String, CaseIterable, Sendable { case bell }

    static let kind = Kind.serviceTest
    let id: ID<Probe>
    var owner = Owner("tenant/A")
    var conversation = ConversationID("c-1")
    var created = TestTime.start
    var updated = TestTime.start
    var stateName = "new"
    var lookups: [Lookup] = []
    var note = ""

    init(_ number: Int64) { id = ID(number) }

    mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] { [] }
    mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}

struct Refused: Error, Equatable {}

extension NewOutboxRow {
    static func probe(
        _ id: String,
        root: Int64 = 1,
        to recipient: Recipient = .tenant(id: "A"),
        at created: Date = TestTime.start,
        body: String = "{}"
    ) -> NewOutboxRow {
        let entity = EntityRef(kind: .serviceTest, number: root)
        return NewOutboxRow(
            recipient: recipient,
            root: entity,
            entity: entity,
            messageID: MessageID(id),
            message: .testRequested,
            contentType: "application/json",
            body: Array(body.utf8),
            conversation: "c-1",
            created: created
        )
    }
}

extension Attempt {
    static func probe(_ outcome: String, status: Int? = 204) -> Attempt {
        Attempt(started: TestTime.start, milliseconds: 12, status: status, outcome: outcome)
    }
}

extension Store {
    func save(_ probes: Probe...) async throws {
        try await write { transaction in for probe in probes { try transaction.save(probe) } }
    }

    func find(_ number: Int64) async throws -> Probe? {
        try await read { try $0.find(ID<Probe>(number)) }
    }

    func enqueue(_ rows: NewOutboxRow...) async throws {
        try await write { transaction in for row in rows { _ = try transaction.enqueue(row, lease: nil) } }
    }

    func claim(
        at now: Date = TestTime.start,
        lease: String = "L",
        room: Room = Room(total: 100)
    ) async throws -> [OutboxRow] {
        try await write { try $0.claimLanes(at: now, lease: lease, room: room) }
    }

    func conclude(
        _ row: OutboxRow,
        lease: String = "L",
        with conclusion: Conclusion,
        at now: Date = TestTime.start
    ) async throws -> Bool {
        try await write { try $0.conclude(row, lease: lease, with: conclusion, at: now, onward: .nothing) } != .lost
    }
}

extension [OutboxRow] {
    var ids: [String] { map(\.content.messageID.rawValue) }
}
