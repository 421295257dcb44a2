import Domain
import Engine
import Formats
import Hummingbird
import Storage

extension JobBook {
    /// Of one job: more is no longer read by a person.
    static let historyMax = 1_000

    /// `GET /partner/v1/jobs/{id}`: the whole job, with its `history` from the journal: who did what, and what it led to.
    func one(_ parameters: Parameters) async throws -> ByteResponse {
        let id = try Self.id(parameters)
        let found = try await exchange.read { store -> (WorkOrder, [JournalEntry])? in
            guard let order = try store.find(id) else { return nil }
            return (order, try store.journal(of: order.ref, limit: Self.historyMax))
        }
        guard let (order, journal) = found else { throw Self.absent(id.description) }
        return ByteResponse(
            bytes: JSONWriter.bytes(reserving: 8_192) { json in
                json.object { json in
                    WorkOrderView.write(order, to: &json)
                    json.array("history") { json in
                        for entry in journal { json.object { Self.write(entry, to: &$0) } }
                    }
                }
            }
        )
    }

    private static func write(_ entry: JournalEntry, to json: inout JSONWriter) {
        json.date("at", entry.at)
        json.field("cause", entry.cause)
        json.field("by", entry.by)
        json.field("before", entry.before)
        json.field("after", entry.after)
        json.field("note", entry.note)
    }
}
