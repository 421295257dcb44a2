import FoundationEssentials

package struct InstallationJob: Aggregate {
    package enum Input: Codable, Equatable, Sendable {
        /// From a supply order: founds the job and sends `createJob`.
        case dispatched(pack: JobPack)
        /// From a supply order: take it back from the partner (G-129).
        case withdrawn(reason: JobCancellation)
        case partnerAnswered(providerJobId: String?)
        case partnerDeclined(code: Int, reason: String)
        case sendingFailed(reason: String)
        case cancellationAcknowledged
        case cancellationRefused(code: Int, reason: String)
        case cancellationUnanswered(reason: String)
    }
    package enum Alarm: String, CaseIterable, Sendable { case none }
    package static let kind = Kind.installationJob
    package let id: ID<InstallationJob>
    package let owner: Owner
    package let conversation: ConversationID
    package let created: Date
    package var updated: Date
    package var stateName: String { "" }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] { [] }
    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}
