import Domain
import Formats

extension DeskReport {
    /// What the desk writes of an event; of an event by hand, what the hand wrote.
    func spelt(for ticket: PlayedTicket) -> [UInt8] {
        if let body { return Array(body.utf8) }
        return JSONWriter.bytes { writer in
            writer.object { words in
                switch event {
                case .triage:
                    let isNetworkFault = ticket.scenario != .noFaultFound
                    words.field("faultFound", isNetworkFault)
                    words.field(
                        "findings",
                        isNetworkFault ? "No light at the port of the line" : "The line tests well up to the box"
                    )
                case .appointmentCompleted:
                    words.field("closureCode", "FR")
                case .resolve:
                    // The words that the operator itself uses after such a visit, so that nobody hears of it twice.
                    words.field(
                        "reason",
                        ticket.done.contains(.appointmentCompleted)
                            ? "Fault resolved at the visit (FR)" : "Fault repaired in the network"
                    )
                case .appointmentMissed:
                    words.field("closureCode", ticket.scenario == .missedByOperator ? "FTA" : "NA")
                case .hold:
                    words.field("reasonCode", "CUST")
                    words.field("reason", "Waiting for the end user")
                case .contactAttempts:
                    // A message, then calls (T-019).
                    let isFirst = !ticket.done.contains(.contactAttempts)
                    words.field("kind", isFirst ? "message" : "call")
                    words.field("outcome", isFirst ? "message-left" : "no-answer")
                case .comment:
                    words.field("text", "The network desk is looking into it")
                case .priority:
                    words.field("priorityLevel", 1)
                case .appointmentFailed:
                    words.field("reason", "No engineer can come at that time: another appointment is needed")
                case .cancel:
                    words.field("reason", "Cancelled by the network desk")
                case .reject:
                    words.field("reason", "This is no fault of the network's")
                case .start, .resume, .appointmentConfirmed, .appointmentCancelled:
                    break
                }
            }
        }
    }
}

extension DeskBulletin {
    /// As much of the operator's news as the desk needs.
    init?(_ root: JSONValue) {
        guard let name = root["event"]?.string, let event = DeskNews.Event(rawValue: name),
            let reference = root["maintainerFaultReference"]?.string, !reference.isEmpty
        else { return nil }
        self.event = event
        self.reference = reference
        status = root["status"]?.string.flatMap { FaultStatus(rawValue: $0) }
        let visit = root["appointment"]
        if let start = visit?["start"]?.string.flatMap({ Timestamp.parse($0) }),
            let end = visit?["end"]?.string.flatMap({ Timestamp.parse($0) })
        {
            slot = TimeSlot(start: start, end: end)
        } else {
            slot = nil
        }
    }
}
