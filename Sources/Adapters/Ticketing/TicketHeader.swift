import Domain
import FoundationEssentials
import Formats

/// What every ticket message begins with (T-050 to T-053).
struct TicketHeader: Equatable {
    var apiVersion = "1.0"
    var buyerIdentifier: String
    var sentAt: Date?
    var messageID: String

    static let version = "1.0"
    /// The longest reference or id that the documents allow; the schema has no limit (T-050 to T-060).
    static let charactersMax = 36
    /// Of `sentAt`, by the documents; longer ones are read all the same.
    static let sentAtCharactersMax = 25
}

extension TicketHeader {
    init(_ fields: TicketFields) {
        apiVersion = fields.required("apiVersion", max: Self.charactersMax)
        buyerIdentifier = fields.required("buyerIdentifier", max: Self.charactersMax)
        messageID = fields.required("messageId", max: Self.charactersMax)
        sentAt = fields.date("sentAt")
        if let text = fields.text("sentAt"), text.utf8.count > Self.sentAtCharactersMax {
            let text = "longer than \(Self.sentAtCharactersMax) characters"
            if fields.isStrict { fields.report("sentAt", text) } else { fields.warn("sentAt is \(text) (X-10)") }
        }
    }

    /// By which a resend is known: the message's id is the buyer's own, for each of its identifiers (G-143).
    var key: String { KeyParts.joined(buyerIdentifier, messageID) }

    func write(to xml: inout XMLWriter) {
        xml.text("apiVersion", apiVersion)
        xml.text("buyerIdentifier", buyerIdentifier)
        if let sentAt { xml.text("sentAt", Timestamp.format(sentAt)) }
        xml.text("messageId", messageID)
    }
}
