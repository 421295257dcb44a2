import Domain
import Formats
import FoundationEssentials
import Storage

/// A KCI and what has become of it: in the feed, and where its deliveries are asked for (G-081).
enum DeliveryView {
    /// What a tenant reads of the feed: updates as they are delivered, and from where to go on.
    static func feed(_ page: ParcelPage) -> [UInt8] {
        JSONWriter.bytes(reserving: 4_096) { json in
            json.object { json in
                json.array("kcis") { json in
                    for row in page.rows {
                        json.object { json in
                            json.raw(
                                "kci",
                                row.firstAttempt.map { KCIView.stamped(row.content.body, on: $0) } ?? row.content.body
                            )
                            json.object("delivery") { write(row, to: &$0) }
                        }
                    }
                }
                json.field("next", FeedCursor(number: page.reached).text)
                json.field("more", !page.isEnd)
            }
        }
    }

    /// One KCI's attempts, first to last.
    static func deliveries(_ row: OutboxRow, _ attempts: [Attempt]) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                writeIdentity(row, to: &json)
                write(row, to: &json)
                json.array("deliveries") { json in
                    for (index, attempt) in attempts.enumerated() {
                        json.object {
                            $0.field("attempt", index + 1)
                            $0.date("at", attempt.started)
                            $0.field("milliseconds", attempt.milliseconds)
                            $0.field("status", attempt.status)
                            $0.field("outcome", attempt.outcome)
                        }
                    }
                }
            }
        }
    }

    static func one(_ row: OutboxRow) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                writeIdentity(row, to: &json)
                write(row, to: &json)
            }
        }
    }

    private static func writeIdentity(_ row: OutboxRow, to json: inout JSONWriter) {
        json.field("id", row.content.messageID.rawValue)
        if case .kci(let kci) = row.content.message { json.field("sequenceNumber", kci.sequence) }
        json.field("entityType", KCIView.EntityType(ofSpelt: row.content.body)?.rawValue)
        json.field("entityId", row.content.entity.number)
    }

    private static func write(_ row: OutboxRow, to json: inout JSONWriter) {
        json.field("state", row.state.rawValue)
        json.date("created", row.content.created)
        json.field("attempts", row.attempts)
        json.date("firstAttempt", row.firstAttempt)
        json.field("lastError", row.lastError)
        json.date("redelivered", row.requeued?.at)
        json.date("redacted", row.redacted)
    }
}
