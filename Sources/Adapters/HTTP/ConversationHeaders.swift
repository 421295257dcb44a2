import Domain
import Formats
import HTTPTypes
import Hummingbird

/// The two headers that tie a message to its request and its conversation, checked (G-001).
package struct ConversationHeaders: Equatable, Sendable {
    package let requestID: String
    package let conversationID: ConversationID

    /// Longer values would only be somebody's mistake, and they are stored, indexed and echoed.
    static let charactersMax = 100

    init(requestID: String, conversationID: ConversationID) {
        self.requestID = requestID
        self.conversationID = conversationID
    }

    /// Reads both, and names every one that is absent or unfit.
    init(required fields: HTTPFields) throws(APIError) {
        var problems: [Problem] = []
        let requestID = Self.value(of: .requestID, in: fields, &problems)
        let conversationID = Self.value(of: .conversationID, in: fields, &problems)
        guard let requestID, let conversationID else {
            throw APIError(.badRequest, problems.map(\.message).joined(separator: " "), problems: problems)
        }
        self.init(requestID: requestID, conversationID: ConversationID(conversationID))
    }

    /// Both if both are there and fit; else nothing.
    init?(optional fields: HTTPFields) {
        guard let requestID = fields.value(of: .requestID), let conversationID = fields.value(of: .conversationID),
            Self.isFit(requestID), Self.isFit(conversationID)
        else { return nil }
        self.init(requestID: requestID, conversationID: ConversationID(conversationID))
    }

    /// Whether a value may be stored and echoed: 1 to 100 printable ASCII characters.
    static func isFit(_ value: String) -> Bool {
        !value.isEmpty && value.utf8.count <= charactersMax && value.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private static func value(
        of name: HTTPField.Name,
        in fields: HTTPFields,
        _ problems: inout [Problem]
    ) -> String? {
        let spelling = name.rawName
        guard let value = fields.value(of: name), !value.isEmpty else {
            problems.append(Problem(pointer: "", code: .missing, message: "The header \(spelling) is required."))
            return nil
        }
        guard isFit(value) else {
            let rule = "1 to \(charactersMax) printable ASCII characters"
            problems.append(Problem(pointer: "", code: .pattern, message: "The header \(spelling) must be \(rule)."))
            return nil
        }
        return value
    }
}

extension HTTPField.Name {
    package static let requestID = Self.known("X-Request-ID")
    package static let conversationID = Self.known("X-Conversation-ID")
    /// On whose behalf a gateway calls a supplier (G-001).
    package static let tenant = Self.known("Tenant")
    package static let gatewayWarning = Self.known("X-Gateway-Warning")

    /// A name written in the source. `init` refuses only what isn't a token; no such literal is written here.
    package static func known(_ name: StaticString) -> Self { Self(name.description) ?? .contentLocation }
}
