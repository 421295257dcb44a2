import Domain
import Storage

extension Exchange {
    /// Takes back what a process that died had under way (ADR 20). A message that was under way at the third death in a row
    /// is parked: its sender hears that it was given up, and people get an alert.
    ///
    /// - Returns: how many messages are held, to be delivered one after another.
    func recoverDeliveries() async throws -> Int {
        try await change(Cause("recover deliveries", by: "house")) { change in
            let recovery = try change.storage.recoverLeases(at: change.now)
            for row in recovery.parked { try change.giveUp(row) }
            return recovery.held
        }
    }
}

extension Change {
    fileprivate mutating func giveUp(_ row: OutboxRow) throws {
        let content = row.content
        let reason = "the process ended \(Recovery.deathsMax) times while the message was under way"
        if let reply = content.message.givenUp(from: content.entity, because: reason) { try tellOrNote(reply, of: row) }
        let alert = Alert(
            .poisonMessage,
            "\(content.message.operation) \(content.messageID) to \(content.recipient.key) is parked: \(reason)."
        )
        try raise(alert, about: content.entity, content.conversation)
    }
}
