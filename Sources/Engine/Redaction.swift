import Domain
import FoundationEssentials
import Storage

/// What a redaction came to.
package struct Redaction: Equatable, Sendable {
    package let messages: Int
    package let parcels: Int
}

extension Exchange {
    /// How much one commit redacts.
    private static let redactedMax = 200

    /// Takes a subscriber's data out of what is kept of the messages about an entity: bodies in the message log, and
    /// messages that were sent. The entity itself, and that there were messages, stays; the journal says who did it.
    ///
    /// - Parameters:
    ///   - withConversation: also whatever else was logged in the conversation that founded the entity.
    ///   - emptied: what shall be kept of a message that was sent.
    /// - Throws: ``Rejection/Code/notFound``; ``Rejection/Code/illegalTransition`` while something about the entity is
    ///   still to be delivered: it would be sent without its content.
    package func redact(
        _ entity: EntityRef,
        withConversation: Bool,
        by: String,
        emptied: @escaping @Sendable (OutboxRow) -> (message: Message, body: [UInt8])
    ) async throws -> Redaction {
        let (parcels, conversation) = try await redactParcels(of: entity, by: by, emptied)
        var messages = try await redactMessages(of: .entity(entity))
        if withConversation, let conversation {
            messages += try await redactMessages(of: .conversation(conversation))
        }
        return Redaction(messages: messages, parcels: parcels)
    }

    private func redactParcels(
        of entity: EntityRef,
        by: String,
        _ emptied: @escaping @Sendable (OutboxRow) -> (message: Message, body: [UInt8])
    ) async throws -> (count: Int, conversation: ConversationID?) {
        try await change(Cause("Redact", by: by)) { change in
            guard let state = try change.state(of: entity) else {
                throw Rejection(.notFound, "There is no \(entity.kind.rawValue) \(entity.number).")
            }
            // Bounded by what one entity ever sends (``KCILog/entriesMax``).
            let rows = try change.storage.parcels(of: entity, limit: 10_000)
            guard !rows.contains(where: { $0.state == .queued }) else {
                throw Rejection(.illegalTransition, "Messages about it are still to be delivered.")
            }
            let kept = rows.filter { $0.redacted == nil }
            for row in kept {
                let (message, body) = emptied(row)
                try change.storage.redact(row, to: message, body: body, at: change.now)
            }
            let conversation =
                try rows.first?.content.conversation
                ?? change.storage.journal(of: entity, limit: 1).first?.conversation
            try change.storage.journal(
                JournalEntry(
                    at: change.now,
                    entity: entity,
                    cause: "Redact",
                    by: by,
                    before: state,
                    after: state,
                    note: "content taken out of \(kept.count) messages sent, and out of the message log",
                    conversation: conversation ?? ConversationID("redaction")
                )
            )
            return (kept.count, conversation)
        }
    }

    /// Batch by batch, each a commit of its own: bodies that are out stay out, whatever happens.
    private func redactMessages(of subject: RedactedSubject) async throws -> Int {
        var total = 0
        while true {
            let now = time.now()
            let count = try await store.write { try $0.redactMessages(of: subject, at: now, limit: Self.redactedMax) }
            total += count
            guard count == Self.redactedMax else { return total }
        }
    }
}
