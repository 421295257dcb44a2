/// How far a tenant's request to amend or to cancel something has come (F-031, §3.2).
package enum RequestStatus: String, Codable, CaseIterable, Sendable {
    case receivedByGateway = "RECEIVED_BY_GATEWAY"
    case pending = "PENDING"
    case failedToSend = "FAILED_TO_SEND"
    case rejected = "REJECTED"
    case completed = "COMPLETED"

    /// Decided, one way or the other.
    package var isFinal: Bool {
        switch self {
        case .receivedByGateway, .pending: false
        case .failedToSend, .rejected, .completed: true
        }
    }
}
