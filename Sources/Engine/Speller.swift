import Domain
import FoundationEssentials

/// Spells a message for its recipient's wire, from the sender as it is after the change (decision 1).
///
/// Pure, and called inside the commit: a retry never shows later state. The functions live in `Adapters`.
package typealias Speller =
    @Sendable (_ message: Message, _ recipient: Recipient, _ sender: any Aggregate, _ context: SpellingContext) throws
    ->
    Spelling

/// What a speller may use besides the message and its sender.
package struct SpellingContext: Sendable {
    /// The message's identity on the wire, the same for every attempt.
    package let messageID: MessageID
    package let now: Date

    package init(messageID: MessageID, now: Date) {
        self.messageID = messageID
        self.now = now
    }
}

package struct Spelling: Equatable, Sendable {
    package let contentType: String
    package let body: [UInt8]

    package init(contentType: String, body: [UInt8]) {
        self.contentType = contentType
        self.body = body
    }

    package static func json(_ body: [UInt8]) -> Spelling { Spelling(contentType: "application/json", body: body) }
    package static func xml(_ body: [UInt8]) -> Spelling {
        Spelling(contentType: "text/xml; charset=utf-8", body: body)
    }
}
