import FoundationEssentials

/// A thing with a life: it alone decides what may happen to it, and what follows.
///
/// An aggregate is a value. Its inputs are `mutating`, take `now`, throw a ``Rejection`` and then leave it as it was,
/// or move it on and return the ``Effect``s. It reads no clock, draws no number and does no I/O.
package protocol Aggregate: Codable, Equatable, Sendable {
    /// What reaches it other than through a call: a courier's reply, another aggregate's news. Stored, so never renamed.
    associatedtype Input: Codable, Equatable, Sendable
    /// What it may set for a later time; ``wake(_:at:)`` hears it.
    associatedtype Alarm: RawRepresentable<String>, CaseIterable, Equatable, Sendable

    static var kind: Kind { get }
    /// Alarms at a moment that a calendar says, or that others were told: they stay there when the wall clock is set. All others
    /// end a wait, which must not become longer by that.
    static var fixedAlarms: [Alarm] { get }

    var id: ID<Self> { get }
    var owner: Owner { get }
    var conversation: ConversationID { get }
    var created: Date { get }
    /// When its owner was last shown anything new of it; `Exchange` sets it, nobody else.
    var updated: Date { get set }
    /// The state's name, a column to count and filter by.
    var stateName: String { get }
    /// What it must be found by, or be unique in. Replaced whole at each save.
    var lookups: [Lookup] { get }
    /// The keys of those lookups whose values another party gives, each to one thing only: a second is an alert.
    static var namesGivenOnce: Set<String> { get }
    /// The entity whose lane its messages ride (decision 9): itself, or for a change request its order.
    var root: EntityRef { get }

    /// Whether its owner is shown something that he was not `before`. An input that is a repeat shows nothing new, nor does
    /// what it only notes for itself.
    func showsMore(than before: Self) -> Bool

    /// Something that was sent to it arrived.
    mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect]
    /// A time that it had set has come.
    mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect]
    /// A first input to an entity that is not there yet may found it; `nil` where it may not.
    static func found(_ id: ID<Self>, on input: Input, at now: Date) throws(Rejection) -> (Self, [Effect])?
}

extension Aggregate {
    package var root: EntityRef { ref }
    package var ref: EntityRef { EntityRef(kind: Self.kind, number: id.number) }
    package var lookups: [Lookup] { [] }
    package static var fixedAlarms: [Alarm] { [] }
    package static var namesGivenOnce: Set<String> { [] }

    package func showsMore(than before: Self) -> Bool { true }

    package static func found(_ id: ID<Self>, on input: Input, at now: Date) throws(Rejection) -> (Self, [Effect])? {
        nil
    }
}

/// The kinds of aggregate. The names are stored: never renamed.
package enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
    // the gateway's side
    case serviceOrder, changeRequest, reservation, serviceTest, serviceProblem, problemChange, quote, addressIdentity
    // what the scripted supplier makes of an order
    case scriptedOrder
    // the operator's side
    case supplyOrder, lineTest, faultReport, appointment, appointmentDay, installationJob
    // an installation partner's side
    case workOrder
    // who they all are
    case party
    // the books of the sandbox's simulated counterparts, in a store of their own
    case playedVisit, playedTicket, playedObjection, playedBehaviour
}

/// One entity, whatever its type.
package struct EntityRef: Hashable, Codable, Sendable, CustomStringConvertible {
    package let kind: Kind
    package let number: Int64

    package init(kind: Kind, number: Int64) {
        self.kind = kind
        self.number = number
    }

    package var description: String { "\(kind.rawValue)/\(number)" }
}

/// A value by which an aggregate is found again.
package struct Lookup: Hashable, Codable, Sendable {
    /// Which value: `buyerFaultReference`, `reservationKey` … stored, never renamed.
    package let key: String
    package let value: String
    /// Whether two entities of the kind may not share it. The store refuses the second with ``Rejection/Code/alreadyExists``.
    package let isUnique: Bool

    package init(_ key: String, _ value: String, isUnique: Bool = false) {
        self.key = key
        self.value = value
        self.isUnique = isUnique
    }

    /// By bytes, as the database finds them: a name that changes into its other canonical form is another.
    package static func == (left: Self, right: Self) -> Bool {
        left.key.isExactly(right.key) && left.value.isExactly(right.value) && left.isUnique == right.isUnique
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ExactText(key))
        hasher.combine(ExactText(value))
        hasher.combine(isUnique)
    }
}
