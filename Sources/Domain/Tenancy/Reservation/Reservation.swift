import FoundationEssentials

package struct Reservation: Aggregate {
    package enum Input: Codable, Equatable, Sendable {
        case nothing
    }
    package enum Alarm: String, CaseIterable, Sendable { case none }
    package static let kind = Kind.reservation
    package let id: ID<Reservation>
    package let owner: Owner
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package var stateName: String { "" }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] { [] }
    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}
