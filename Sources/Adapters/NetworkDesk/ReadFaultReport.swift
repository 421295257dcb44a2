import Domain
import Engine
import FoundationEssentials
import Formats
import Hummingbird
import Storage

extension NetworkDesk {
    /// Of one ticket: more is no longer read by a person, and the answer must stay small enough to be sent.
    static let historyMax = 1_000
    /// Of one ticket's messages: its updates are 500 at most, and its visits add some.
    static let notificationsMax = 1_000

    /// `GET /operator/v1/fault-reports/{maintainerFaultReference}`: the whole ticket, with its `history` from the journal
    /// and each of its `notifications` with what became of it.
    func one(_ parameters: Parameters) async throws -> ByteResponse {
        let id = try Self.id(parameters)
        let now = exchange.time.now()
        let found = try await exchange.read { store -> TicketFile? in
            guard let ticket = try store.find(id) else { return nil }
            let rows = try store.parcels(of: ticket.ref, limit: Self.notificationsMax)
            return TicketFile(
                ticket: ticket,
                history: try store.journal(of: ticket.ref, limit: Self.historyMax),
                notifications: try rows.filter { $0.content.recipient == ticket.buyer.recipient }
                    .map { (row: $0, attempts: try store.attempts(of: $0.number)) }
            )
        }
        guard let found else { throw Self.absent(try parameters.require("reference")) }
        return ByteResponse(bytes: found.json(at: now))
    }
}

/// A ticket with all that the house knows about it.
private struct TicketFile: Sendable {
    let ticket: FaultReport
    let history: [JournalEntry]
    let notifications: [(row: OutboxRow, attempts: [Attempt])]

    func json(at now: Date) -> [UInt8] {
        JSONWriter.bytes(reserving: 16_384) { json in
            json.object { json in
                TicketView.write(ticket, at: now, to: &json)
                json.array("history") { json in
                    for entry in history { json.object { write(entry, to: &$0) } }
                }
                json.array("notifications") { json in
                    for (row, attempts) in notifications { json.object { write(row, attempts, to: &$0) } }
                }
            }
        }
    }

    private func write(_ entry: JournalEntry, to json: inout JSONWriter) {
        json.date("at", entry.at)
        json.field("cause", entry.cause)
        json.field("by", entry.by)
        json.field("before", entry.before)
        json.field("after", entry.after)
        json.field("note", entry.note)
    }

    private func write(_ row: OutboxRow, _ attempts: [Attempt], to json: inout JSONWriter) {
        json.field("messageId", row.content.messageID.rawValue)
        if case .faultNotification(let notification) = row.content.message {
            json.field("change", notification.change.rawValue)
            json.field("status", notification.status.rawValue)
        }
        if case .supplyUpdate(let update) = row.content.message {
            json.field("change", update.reason.rawValue)
            json.field("status", update.fault?.status.rawValue)
        }
        json.date("created", row.content.created)
        json.field("delivery", row.state.rawValue)
        json.date("firstAttempt", row.firstAttempt)
        json.field("lastError", row.lastError)
        json.array("attempts") { json in
            for attempt in attempts {
                json.object { json in
                    json.date("started", attempt.started)
                    json.field("milliseconds", attempt.milliseconds)
                    json.field("status", attempt.status)
                    json.field("outcome", attempt.outcome)
                }
            }
        }
    }
}
