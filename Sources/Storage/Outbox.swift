import Domain
import FoundationEssentials

/// A message to be delivered, as it is put into the outbox: spelt, and frozen (decision 1).
package struct NewOutboxRow: Equatable, Sendable {
    package var recipient: Recipient
    /// The entity whose lane it rides: per recipient and root in order, one in flight.
    package var root: EntityRef
    /// The entity that sent it, and hears the reply.
    package var entity: EntityRef
    package var messageID: MessageID
    package var message: Message
    package var contentType: String
    package var body: [UInt8]
    package var conversation: ConversationID
    package var created: Date
    /// The tenant whose share of what is under way to the recipient it takes; `nil`: the recipient has no shares.
    package var share: String?

    package init(
        recipient: Recipient,
        root: EntityRef,
        entity: EntityRef,
        messageID: MessageID,
        message: Message,
        contentType: String,
        body: [UInt8],
        conversation: ConversationID,
        created: Date,
        share: String? = nil
    ) {
        self.recipient = recipient
        self.root = root
        self.entity = entity
        self.messageID = messageID
        self.message = message
        self.contentType = contentType
        self.body = body
        self.conversation = conversation
        self.created = created
        self.share = share
    }
}

/// A message in the outbox.
package struct OutboxRow: Equatable, Sendable {
    package enum State: String, Codable, CaseIterable, Sendable {
        case queued, delivered, parked, expired, withdrawn
    }

    /// Its place in the order of all messages; JSON-RPC's `id` (decision 12).
    package var number: Int64
    package var content: NewOutboxRow
    package var state: State
    /// Attempts that ended; the one under way isn't counted.
    package var attempts: Int
    package var firstAttempt: Date?
    package var lastError: String?
    /// Since when it is sent once more, after it had ended; `nil` if it never was.
    package var requeued: Requeued?
    /// When its content was taken out of it.
    package var redacted: Date?
    /// Nothing before it about the same entity was given up; `false` also where nobody has looked.
    package var isGapless = false

    package struct Requeued: Equatable, Sendable {
        package let at: Date
        /// How many attempts had ended before: the schedule of retries begins anew.
        package let attemptsBefore: Int

        package init(at: Date, attemptsBefore: Int) {
            self.at = at
            self.attemptsBefore = attemptsBefore
        }
    }

    package init(
        number: Int64,
        content: NewOutboxRow,
        state: State,
        attempts: Int,
        firstAttempt: Date?,
        lastError: String?,
        requeued: Requeued? = nil,
        redacted: Date? = nil
    ) {
        self.requeued = requeued
        self.redacted = redacted
        self.number = number
        self.content = content
        self.state = state
        self.attempts = attempts
        self.firstAttempt = firstAttempt
        self.lastError = lastError
    }
}

/// One attempt to deliver: kept for ever beside its row.
package struct Attempt: Equatable, Sendable {
    package let started: Date
    package let milliseconds: Int
    /// The status on the wire, if there was an answer.
    package let status: Int?
    /// `delivered`, or why not, in words.
    package let outcome: String

    package init(started: Date, milliseconds: Int, status: Int?, outcome: String) {
        self.started = started
        self.milliseconds = milliseconds
        self.status = status
        self.outcome = outcome
    }
}

/// What became of a claimed row (§3.9).
package enum Conclusion: Equatable, Sendable {
    case delivered(attempt: Attempt)
    case retry(at: Date, attempt: Attempt)
    /// Not tried at all: its recipient is left alone for now.
    case postponed(until: Date)
    /// Refused: for a person to see to. The lane goes on.
    case parked(attempt: Attempt)
    /// Tried for as long as is promised.
    case expired(attempt: Attempt)
}

/// Which messages to a recipient are asked for.
package struct ParcelFilter: Equatable, Sendable {
    /// Empty: in whatever state.
    package var states: Set<OutboxRow.State>
    /// About what.
    package var kind: Kind?
    /// About which of that kind.
    package var entity: Int64?
    /// Bytes that its body must have.
    package var bodyHas: [UInt8]?
    /// Written at or after this, and before that.
    package var from: Date?
    package var to: Date?

    package init(
        states: Set<OutboxRow.State> = [],
        kind: Kind? = nil,
        entity: Int64? = nil,
        bodyHas: [UInt8]? = nil,
        from: Date? = nil,
        to: Date? = nil
    ) {
        self.states = states
        self.kind = kind
        self.entity = entity
        self.bodyHas = bodyHas
        self.from = from
        self.to = to
    }
}

/// Some of the messages asked for, in the order in which they were written.
package struct ParcelPage: Equatable, Sendable {
    package internal(set) var rows: [OutboxRow]
    /// Up to which number was looked: from there the next page goes on.
    package internal(set) var reached: Int64
    /// Whether there was nothing behind it at this moment.
    package internal(set) var isEnd: Bool
}

/// What whoever concludes a message goes on with, claimed in the same commit and under the same lease.
package enum Onward: Equatable, Sendable {
    case nothing
    /// The next row of the same lane.
    case lane
    /// The head of the lane of the same recipient and share that waits longest; the row's own lane stands behind the others.
    case share
    /// The head of the lane of the same recipient that waits longest; the row's own lane stands behind the others.
    case recipient
}

/// What the writer of a conclusion hears.
package enum Concluded: Equatable, Sendable {
    /// The lease was gone: nothing has changed.
    case lost
    /// What to go on with, if anything was wanted and waits.
    case done(next: OutboxRow?)
}

/// What the messages under way are counted by: a recipient, and where several parties send to it, one of them.
package struct InFlightKey: Hashable, Sendable {
    package let recipient: Recipient
    package let share: String?

    package init(_ recipient: Recipient, share: String? = nil) {
        self.recipient = recipient
        self.share = share
    }
}

extension NewOutboxRow {
    package var inFlightKey: InFlightKey { InFlightKey(recipient, share: share) }
}

/// How much may be claimed at once.
package struct Room: Equatable, Sendable {
    package private(set) var total: Int
    package let perRecipient: Int
    package let perShare: Int
    private var underWay: [Recipient: Int]
    private var shares: [InFlightKey: Int]

    package init(
        total: Int,
        perRecipient: Int = .max,
        perShare: Int = .max,
        underWay: [Recipient: Int] = [:],
        shares: [InFlightKey: Int] = [:]
    ) {
        self.total = total
        self.perRecipient = perRecipient
        self.perShare = perShare
        self.underWay = underWay
        self.shares = shares
    }

    package var isFull: Bool { total <= 0 }
    /// Recipients that have as many under way as they may.
    package var full: [Recipient] { underWay.filter { $0.value >= perRecipient }.map(\.key) }
    /// Shares of recipients that are used up.
    package var fullShares: [InFlightKey] { shares.filter { $0.value >= perShare }.map(\.key) }

    package mutating func admit(_ key: InFlightKey) -> Bool {
        guard total > 0, underWay[key.recipient, default: 0] < perRecipient,
            key.share == nil || shares[key, default: 0] < perShare
        else { return false }
        total -= 1
        underWay[key.recipient, default: 0] += 1
        if key.share != nil { shares[key, default: 0] += 1 }
        return true
    }
}
