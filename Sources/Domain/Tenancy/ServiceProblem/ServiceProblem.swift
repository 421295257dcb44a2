import FoundationEssentials

package struct ServiceProblem: Aggregate {
    package enum Input: Codable, Equatable, Sendable {
        case sendingFailed(reason: String)
        case answerFailed(reason: String)
    }
    package enum Alarm: String, CaseIterable, Sendable { case none }
    package static let kind = Kind.serviceProblem
    package let id: ID<ServiceProblem>
    package let owner: Owner
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package var stateName: String { "" }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] { [] }
    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}
