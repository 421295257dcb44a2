import FoundationEssentials

package struct ServiceTest: Aggregate {
    package enum Input: Codable, Equatable, Sendable {
        case sendingFailed(reason: String)
    }
    package enum Alarm: String, CaseIterable, Sendable { case none }
    package static let kind = Kind.serviceTest
    package let id: ID<ServiceTest>
    package let owner: Owner
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package var stateName: String { "" }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] { [] }
    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}
