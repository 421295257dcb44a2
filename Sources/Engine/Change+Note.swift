import Domain
import Storage

extension Change {
    /// Writes an alert down, where who looks at the entity finds it.
    func note<A: Aggregate>(_ alert: Alert, of entity: A, by cause: Cause) throws {
        try storage.journal(
            JournalEntry(
                at: now,
                entity: entity.ref,
                cause: "alert \(alert.kind.rawValue)",
                by: cause.by,
                before: entity.stateName,
                after: entity.stateName,
                note: alert.text,
                conversation: entity.conversation
            )
        )
    }

    /// The same of something that the entity did not decide itself.
    func note(_ alert: Alert, about entity: EntityRef, _ conversation: ConversationID, by cause: Cause) throws {
        // An entity that cannot be read is alerted about all the same.
        let state = (try? state(of: entity)) ?? "absent"
        try storage.journal(
            JournalEntry(
                at: now,
                entity: entity,
                cause: "alert \(alert.kind.rawValue)",
                by: cause.by,
                before: state,
                after: state,
                note: alert.text,
                conversation: conversation
            )
        )
    }

    /// Writes down that an aggregate refused what came to it by itself (a reply, a time), for a person to find: nobody
    /// waits for an answer, and nothing has changed.
    func note(
        _ refusal: Rejection,
        of entity: EntityRef,
        cause: String,
        by: String,
        conversation: ConversationID = ConversationID("")
    ) throws {
        let state = try state(of: entity) ?? "absent"
        try storage.journal(
            JournalEntry(
                at: now,
                entity: entity,
                cause: cause,
                by: by,
                before: state,
                after: state,
                note: "refused: \(refusal.code.rawValue): \(refusal.message)",
                conversation: conversation
            )
        )
    }
}
