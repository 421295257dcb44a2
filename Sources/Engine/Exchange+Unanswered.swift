import Logging
import Storage

extension Exchange {
    /// Logs a question to a supplier that has no answer: with the reason in the message log, and one line of the log.
    package func logUnanswered(_ message: LoggedMessage, _ why: Unanswered) async throws {
        var message = message
        if message.status != nil { message.verdict = why.words }
        logger.info(
            "a question to a supplier has no answer",
            metadata: [
                "pb-supplier": "\(message.to)", "pb-operation": "\(message.operation)",
                "pb-status": "\(message.status.map(String.init) ?? "none")", "pb-outcome": "\(why.words)",
            ]
        )
        try await log(message)
    }
}

extension Unanswered {
    /// For the record, and for staff.
    package var words: String {
        switch self {
        case .timedOut: "no answer in time"
        case .refused(let reasons): "refused: \(reasons.joined(separator: " "))"
        case .failed(let reason): "failed: \(reason)"
        case .notOffered: "not offered"
        }
    }
}
