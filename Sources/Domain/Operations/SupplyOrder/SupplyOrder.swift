import FoundationEssentials

package struct SupplyOrder: Aggregate {
    package enum Input: Codable, Equatable, Sendable {
        case nothing
        case jobEvent(job: ID<InstallationJob>, event: JobEvent, at: Date)
        case jobClosed(job: ID<InstallationJob>, closure: JobClosure, at: Date)
    }
    package enum Alarm: String, CaseIterable, Sendable { case none }
    package static let kind = Kind.supplyOrder
    package let id: ID<SupplyOrder>
    package let owner: Owner
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package var stateName: String { "" }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] { [] }
    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}
