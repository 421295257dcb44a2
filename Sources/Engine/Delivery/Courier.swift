import Domain
import FoundationEssentials
import Storage

/// Who carries a message to one kind of recipient: a protocol's client.
///
/// It adds only what belongs to the attempt (headers, credentials, signature, attempt number); the body is as it was
/// frozen. It throws nothing: whatever happens is an ``Outcome``.
package protocol Courier: Sendable {
    func carry(_ parcel: Parcel) async -> Delivered
}

/// A message on its way, once more.
package struct Parcel: Sendable {
    package let row: OutboxRow
    /// 1 for the first attempt.
    package let attempt: Int
    /// When the first attempt was made: a KCI's `deliveredOn` (decision 11).
    package let firstAttempt: Date
    package let now: Date

    package init(row: OutboxRow, attempt: Int, firstAttempt: Date, now: Date) {
        self.row = row
        self.attempt = attempt
        self.firstAttempt = firstAttempt
        self.now = now
    }

    /// JSON-RPC's `id` (decision 12).
    package var number: Int64 { row.number }
    package var recipient: Recipient { row.content.recipient }
    package var entity: EntityRef { row.content.entity }
    package var message: Message { row.content.message }
    package var messageID: MessageID { row.content.messageID }
    package var conversation: ConversationID { row.content.conversation }
    package var contentType: String { row.content.contentType }
    package var body: [UInt8] { row.content.body }
}

/// What came of one attempt.
package struct Delivered: Sendable {
    package let outcome: Outcome
    /// The status on the wire, if there was an answer.
    package let status: Int?
    /// The raw copy for the message log; `nil` where nothing was exchanged.
    package let exchanged: LoggedMessage?
    /// What the attempt showed of endpoints: each is one line of the log, and a warning of the raw copy.
    package let changes: [EndpointChange]
    /// A fault of the program, for its log alone.
    let fault: String?

    /// A fault of the program: who reads of the attempt gets the id under which the log has it.
    package init(internal error: any Error, of parcel: Parcel) {
        outcome = .retry(reason: Self.internalReason(parcel.messageID))
        status = nil
        exchanged = nil
        changes = []
        fault = "\(error)"
    }

    static func internalReason(_ message: MessageID) -> String { "an internal error, logged as message \(message)" }

    package init(
        _ outcome: Outcome,
        status: Int? = nil,
        exchanged: LoggedMessage? = nil,
        changes: [EndpointChange] = []
    ) {
        self.outcome = outcome
        self.status = status
        self.changes = changes
        fault = nil
        var exchanged = exchanged
        // Where there was no answer, the copy says why already.
        if status != nil, !outcome.isDelivered { exchanged?.verdict = outcome.words }
        for change in changes { exchanged?.warnings.append(change.words) }
        self.exchanged = exchanged
    }
}

/// An endpoint's health changed.
package struct EndpointChange: Equatable, Sendable {
    package let endpoint: String
    /// How long it is left alone; `nil`: it answers again.
    package let rest: Duration?

    package var words: String {
        rest.map { "\(endpoint) does not answer: left alone for \($0.components.seconds) s" }
            ?? "\(endpoint) answers again"
    }
}
