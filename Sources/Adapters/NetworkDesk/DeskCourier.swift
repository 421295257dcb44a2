import Domain
import Engine
import FoundationEssentials
import Formats
import Storage

/// Tells the network desk of tickets that wait for it: a small JSON message to a configured address.
package struct DeskCourier: Courier {
    private let endpoint: @Sendable () -> String?
    private let call: OutboundCall

    /// - Parameter endpoint: where the desk listens; `nil` for people who look at the list.
    package init(call: OutboundCall, endpoint: @escaping @Sendable () -> String?) {
        self.call = call
        self.endpoint = endpoint
    }

    package static func spelling(
        of news: DeskNews,
        about ticket: FaultReport,
        _ context: SpellingContext
    ) -> Spelling {
        .json(
            JSONWriter.bytes { json in
                json.object { json in
                    json.field("messageID", context.messageID.rawValue)
                    json.field("event", news.event)
                    json.field("maintainerFaultReference", ticket.reference)
                    json.field("status", ticket.status.rawValue)
                    json.field("type", ticket.details.type.name)
                    json.field("serviceAffected", ticket.service.rawValue)
                    if let visit = ticket.openVisit { json.object("appointment") { visit.writeForDesk(to: &$0) } }
                    json.date("at", context.now)
                }
            }
        )
    }

    package func carry(_ parcel: Parcel) async -> Delivered {
        // Nobody listens: the list is enough, and nothing was promised.
        guard let url = endpoint() else { return Delivered(.delivered(reply: nil)) }
        let request = OutboundRequest(
            url: url,
            headers: [
                ("Content-Type", parcel.contentType), ("X-Request-ID", parcel.messageID.rawValue),
                ("X-Conversation-ID", parcel.conversation.rawValue), ("Idempotency-Key", parcel.messageID.rawValue),
            ],
            body: parcel.body
        )
        let result = await call.send(request)
        var copy = LoggedMessage.outbound(
            request,
            answer: result,
            from: "operator",
            to: "desk",
            contract: "desk",
            operation: parcel.message.operation,
            at: parcel.now
        )
        copy.messageID = parcel.messageID.rawValue
        return Delivered(Outcome(judging: result), status: try? result.get().status, exchanged: copy)
    }
}
