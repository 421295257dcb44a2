import Domain
import FoundationEssentials
import Formats

/// The answer to a ticket message, either way (T-075, T-076): that it came, or why it is refused.
struct TicketReceipt: Equatable {
    /// What an answer that is about a ticket tells of it.
    struct Ticket: Equatable {
        var buyerReference: String
        var status: FaultStatus
    }

    /// A file of the ticket's, and where it is to be sent (G-142).
    struct Attachment: Equatable {
        var name: String
        var url: String?
        var isUploaded = false
    }

    /// `receivedFaultReport` …
    var name: String
    var buyerIdentifier: String
    var sentAt: Date
    /// Of the message that is answered.
    var messageID: String
    var ticket: Ticket?
    var responseCode: Int
    var errorMessage: String?
    var attachments: [Attachment] = []
}

extension TicketReceipt {
    func write(to xml: inout XMLWriter) {
        xml.element(name) { xml in
            xml.text("apiVersion", TicketHeader.version)
            xml.text("buyerIdentifier", buyerIdentifier)
            xml.text("sentAt", Timestamp.format(sentAt))
            xml.text("messageId", messageID)
            if let ticket {
                xml.text("buyerFaultReference", ticket.buyerReference)
                xml.text("status", ticket.status.rawValue)
            }
            xml.text("responseCode", responseCode)
            xml.text("errorMessage", errorMessage)
            xml.attachments(attachments)
        }
    }

    var bare: [UInt8] { XMLWriter.bytes { write(to: &$0) } }
}
