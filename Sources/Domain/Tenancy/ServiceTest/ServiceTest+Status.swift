import FoundationEssentials

extension ServiceTest {
    /// G-102.
    package enum Status: String, Codable, CaseIterable, Sendable {
        case receivedByGateway = "RECEIVED_BY_GATEWAY"
        case sentToSupplier = "SENT_TO_SUPPLIER"
        case failedToSend = "FAILED_TO_SEND"
        case rejected = "REJECTED"
        case inProgress = "IN_PROGRESS"
        case failed = "FAILED"
        case completed = "COMPLETED"
    }

    package var status: Status {
        switch state {
        case .receivedByGateway: .receivedByGateway
        case .sentToSupplier: .sentToSupplier
        case .failedToSend: .failedToSend
        case .rejected: .rejected
        case .inProgress: .inProgress
        case .failed: .failed
        case .completed: .completed
        }
    }

    package var isTerminal: Bool {
        switch state {
        case .failedToSend, .rejected, .failed, .completed: true
        case .receivedByGateway, .sentToSupplier, .inProgress: false
        }
    }

    package var result: TestResult? {
        switch state {
        case .completed(let result, _): result
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .inProgress, .failed: nil
        }
    }

    func illegal(_ what: String) -> Rejection {
        Rejection(.illegalTransition, "Test \(id) is \(status.rawValue): \(what) is not possible.")
    }
}
