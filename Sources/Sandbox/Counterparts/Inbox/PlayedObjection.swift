import Domain
import FoundationEssentials

/// A ticket of a stand-alone buyer who refuses its first resolutions (scenario `re-opened-twice`).
///
///     quiet ─resolved─▶ planned ─its time─▶ reporting ─taken─▶ quiet … (twice) ─▶ over
///                                            └─no answer: again
struct PlayedObjection: Aggregate {
    enum State: Codable, Equatable, Sendable {
        case quiet
        case planned
        /// The message's own id stays the same if it must be sent again.
        case reporting(messageID: String)
        case over
    }

    enum Input: Codable, Equatable, Sendable { case none }

    enum Alarm: String, CaseIterable, Sendable {
        case object
        /// The message is on its way, or must be sent again.
        case send
    }

    static let kind = Kind.playedObjection
    static let ticketLookup = "ticket"
    static let objections = 2
    static let sendAgainAfter: TimeInterval = 1

    let id: ID<PlayedObjection>
    let party: InboxParty
    let buyerIdentifier: String
    let buyerReference: String
    let created: Date
    var updated: Date
    private(set) var state = State.quiet
    private(set) var left = Self.objections

    init(id: ID<PlayedObjection>, party: InboxParty, buyerIdentifier: String, buyerReference: String, at now: Date) {
        self.id = id
        self.party = party
        self.buyerIdentifier = buyerIdentifier
        self.buyerReference = buyerReference
        created = now
        updated = now
    }

    var owner: Owner { .house }
    var conversation: ConversationID { ConversationID(buyerReference) }
    var lookups: [Lookup] {
        [Lookup(Self.ticketLookup, Self.ticket(buyerIdentifier, buyerReference), isUnique: true)]
    }

    var stateName: String {
        switch state {
        case .quiet: "quiet"
        case .planned: "planned"
        case .reporting: "reporting"
        case .over: "over"
        }
    }

    static func ticket(_ buyerIdentifier: String, _ buyerReference: String) -> String {
        KeyParts.joined(buyerIdentifier, buyerReference)
    }

    /// Only the objector's own functions act, for they need identities.
    mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] { [] }
    mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }

    /// The seller says that the fault is resolved; a notification of the same that comes again changes nothing.
    mutating func resolved(objectingAt due: Date) -> [Effect] {
        guard state == .quiet else { return [] }
        state = .planned
        return [.arm(timer(.object), at: due)]
    }

    mutating func begin(messageID: String, at now: Date) -> [Effect] {
        state = .reporting(messageID: messageID)
        // Due at once, so that a kill between this commit and the answer is made good at the next start.
        return [.disarm(timer(.object)), .arm(timer(.send), at: now)]
    }

    mutating func ended(_ reception: Reception, at now: Date) -> [Effect] {
        switch reception {
        case .taken:
            left -= 1
            state = left > 0 ? .quiet : .over
            return [.disarm(timer(.send))]
        case .refused:
            state = .over
            return [.disarm(timer(.send))]
        case .unanswered:
            return [.arm(timer(.send), at: now + Self.sendAgainAfter)]
        }
    }
}
