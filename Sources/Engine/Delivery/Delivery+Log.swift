import Domain
import Logging
import Storage

extension Delivery {
    /// One line for what a person may have to look at: a message that was refused, or that was not taken, with the other side's
    /// words; an endpoint that stopped to answer, or answers again. What was delivered is one of thousands, and said nowhere.
    func report(_ delivered: Delivered, of row: OutboxRow) {
        for change in delivered.changes {
            logger.info(
                "an endpoint's health changed",
                metadata: [
                    "pb-endpoint": "\(change.endpoint)", "pb-answers": "\(change.rest == nil)",
                    "pb-recipient": "\(row.content.recipient.key)",
                ]
            )
        }
        if let fault = delivered.fault {
            logger.error(
                "a message could not be sent by a fault of the program",
                metadata: ["pb-message": "\(row.content.messageID)", "pb-error": "\(fault)"]
            )
        }
        let message: Logger.Message
        switch delivered.outcome {
        case .delivered, .postponed: return
        case .refused: message = "a message was refused"
        case .retry, .unreachable: message = "a message was not taken and is tried again"
        }
        logger.info(
            message,
            metadata: [
                "pb-recipient": "\(row.content.recipient.key)", "pb-entity": "\(row.content.entity)",
                "pb-operation": "\(row.content.message.operation)", "pb-message": "\(row.content.messageID)",
                "pb-status": "\(delivered.status.map(String.init) ?? "none")",
                "pb-outcome": "\(delivered.outcome.words)",
            ]
        )
    }
}
