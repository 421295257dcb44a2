import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

/// The notification endpoint of a stand-alone buyer (T-090…T-101): takes every `notifyFaultReportUpdate` and answers
/// `receivedNotifyFaultReportUpdate`, in an envelope if it came in one.
struct BuyerInbox: Sendable {
    static let required = [
        "apiVersion", "buyerIdentifier", "messageId", "buyerFaultReference", "serviceAffected", "faultDetails",
    ]

    let inbox: Inbox
    let party: InboxParty
    let objector: Objector

    @Sendable func receive(request: Request, context: BasicContext) async throws -> ByteResponse {
        let body = try await RequestBody.collect(request)
        let now = inbox.time.now()
        let raw = LoggedMessage.letter(
            request,
            body: body,
            to: party.rawValue,
            contract: "ticketing",
            operation: "notifyFaultReportUpdate",
            at: now
        )
        let notification: Notification
        do {
            notification = try Notification(body)
        } catch {
            let letter = Inbox.Letter(addressee: party.rawValue, raw: raw, identity: nil, body: body)
            return try await inbox.receive(letter) { _ in Inbox.Reply(status: 400, problems: [error.reason]) }
        }
        let identity = notification.messageID.map { KeyParts.joined(notification.buyerIdentifier, $0) }
        let letter = Inbox.Letter(addressee: party.rawValue, raw: raw, identity: identity, body: body)
        let response = try await inbox.receive(letter) { transaction in
            try objector.learn(notification, to: party, in: transaction, at: now)
            let isBroken = try transaction.behaviour().scenario == .brokenAcknowledgement
            let acknowledgement = notification.acknowledgement(at: now)
            return Inbox.Reply(
                status: 200,
                contentType: "text/xml; charset=utf-8",
                body: isBroken ? Self.broken(acknowledgement) : acknowledgement,
                problems: notification.problems
            )
        }
        objector.bell.ring()
        return response
    }

    /// As every sample of the published document ends.
    private static func broken(_ acknowledgement: [UInt8]) -> [UInt8] {
        let text = String(decoding: acknowledgement, as: UTF8.self)
        return Array(
            text.replacing("</\(name)>", with: "</receivedRequestFaultReportUpdate>")
                .replacing("</t:\(name)>", with: "</t:receivedRequestFaultReportUpdate>").utf8
        )
    }

    private static let name = "receivedNotifyFaultReportUpdate"

    struct Unreadable: Error { let reason: String }

    /// As much of a notification as its reader needs.
    struct Notification: Sendable {
        let isEnveloped: Bool
        let namespace: String?
        let apiVersion: String
        let buyerIdentifier: String
        let messageID: String?
        let buyerReference: String
        let maintainerReference: String
        let status: FaultStatus?
        let problems: [String]

        init(_ bytes: [UInt8]) throws(Unreadable) {
            let root: XMLElement
            do {
                (isEnveloped, root) = try SOAPEnvelope.open(XMLDocument(parsing: bytes))
            } catch {
                throw Unreadable(reason: "\(error)")
            }
            guard root.name == "notifyFaultReportUpdate" else {
                throw Unreadable(reason: "the root is \(root.name), not notifyFaultReportUpdate")
            }
            namespace = root.namespace
            apiVersion = root.text(of: "apiVersion") ?? "1.0"
            buyerIdentifier = root.text(of: "buyerIdentifier") ?? ""
            messageID = root.text(of: "messageId")
            buyerReference = root.text(of: "buyerFaultReference") ?? ""
            maintainerReference = root.text(of: "maintainerFaultReference") ?? ""
            status = root.first("faultDetails")?.text(of: "status").flatMap { FaultStatus(rawValue: $0) }
            problems = BuyerInbox.required.filter { root.first($0) == nil }.map { "\($0) is missing" }
        }

        /// T-076; X-04: with tags that match.
        func acknowledgement(at now: Date) -> [UInt8] {
            func write(_ writer: inout XMLWriter) {
                writer.element(BuyerInbox.name, rootNamespace: namespace) { answer in
                    answer.text("apiVersion", apiVersion)
                    answer.text("buyerIdentifier", buyerIdentifier)
                    answer.text("sentAt", Timestamp.format(now.wholeSeconds))
                    answer.text("messageId", messageID)
                    answer.text("responseCode", 200)
                }
            }
            return isEnveloped ? SOAPEnvelope.wrap(write) : XMLWriter.document(write)
        }
    }
}

extension Date {
    /// Times of that contract have 25 characters at most (T-052).
    fileprivate var wholeSeconds: Date { Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down)) }
}
