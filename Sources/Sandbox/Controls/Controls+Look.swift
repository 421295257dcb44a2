import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

extension Controls {
    /// Messages in one answer; the next page begins at `next`.
    static let pageMax = 500

    /// `GET /sandbox/inbox?party=tenant&after=N`: what a counterpart received, in order.
    @Sendable func readInbox(request: Request, context: BasicContext) async throws -> ByteResponse {
        let parties = InboxParty.allCases.map(\.rawValue)
        guard let party = request.uri.queryParameters["party"].flatMap({ InboxParty(rawValue: String($0)) }) else {
            let allowed = parties.joined(separator: ", ")
            let problem = "party must be one of \(allowed)."
            throw APIError.malformed([Problem(pointer: "?party", code: .notAllowed, message: problem)])
        }
        let after = try number("after", of: request)
        let messages = try await world.counterparts.messages(party: party, after: after, limit: Self.pageMax)
        return page(messages, after: after) { json, message in
            json.field("seq", message.sequence)
            json.date("at", message.at)
            json.field("path", message.path)
            json.object("headers") { json in
                let fields = message.requestHeaders.fields.sorted { $0.name < $1.name }
                for field in fields { json.field(field.name, field.value) }
            }
            json.field("body", String(decoding: message.requestBody, as: UTF8.self))
            // The counterpart writes its verdict as JSON: {"status", "duplicate", "problems"}.
            json.raw("verdict", Array(message.verdict.utf8))
        }
    }

    /// `GET /sandbox/messages?after=N`: every message that the house exchanged, both ways.
    @Sendable func readMessages(request: Request, context: BasicContext) async throws -> ByteResponse {
        let after = try number("after", of: request)
        let messages = try await world.exchange.read { try $0.messages(after: after, limit: Self.pageMax) }
        return page(messages, after: after) { json, message in
            json.field("seq", message.sequence)
            json.date("at", message.at)
            json.field("from", message.from)
            json.field("to", message.to)
            json.field("contract", message.contract)
            json.field("operation", message.operation)
            json.field("entity", message.entity?.description)
            json.field("stateAfter", message.stateAfter)
            json.field("status", message.status)
            json.field("verdict", message.verdict)
            json.strings("warnings", message.warnings)
            json.field("conversation", message.conversation)
            json.field("messageId", message.messageID)
        }
    }

    private func page(
        _ messages: [LoggedMessage],
        after: Int64,
        _ write: (inout JSONWriter, LoggedMessage) -> Void
    ) -> ByteResponse {
        ByteResponse(
            bytes: JSONWriter.bytes(reserving: 65_536) { json in
                json.object { json in
                    json.array("messages") { json in
                        for message in messages { json.object { write(&$0, message) } }
                    }
                    json.field("next", messages.last?.sequence ?? after)
                }
            }
        )
    }
}
