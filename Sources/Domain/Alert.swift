/// Something that only a person can put right, and that nobody asked about.
package struct Alert: Equatable, Sendable {
    /// Which: a metric counts each, so the names stay.
    package enum Kind: String, CaseIterable, Sendable {
        /// `createJob` was tried for as long as is promised (§3.7).
        case jobFailedToSend = "job-failed-to-send"
        /// No partner that covers the address has room on the day, or all have declined.
        case jobWithoutPartner = "job-without-partner"
        /// The slot began an hour ago, and the engineer has not said that he is on the way.
        case noWordFromEngineer = "no-word-from-engineer"
        /// The database's write-ahead log grows, as it does while a reader holds on to an old state, or a disk cannot keep up.
        case writeAheadLogLarge = "write-ahead-log-large"
        /// A partner or operator used the `id` of an earlier message for another one, which was refused (G-133).
        case messageIDReused = "message-id-reused"
        /// A supplier gave the same reference to two orders, tests or problems.
        case referenceUsedTwice = "reference-used-twice"
        /// The process died several times while one message was under way; it is parked.
        case poisonMessage = "poison-message"
    }

    package let kind: Kind
    /// For the journal and the log: no word of a subscriber's.
    package let text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
