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

    package init(_ outcome: Outcome, status: Int? = nil, exchanged: LoggedMessage? = nil) {
        self.outcome = outcome
        self.status = status
        self.exchanged = exchanged
    }
}
