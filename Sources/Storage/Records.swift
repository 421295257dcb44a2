import Domain
import FoundationEssentials

/// Under what a request's answer is remembered: the same key and content get the first answer again (decision 5).
package struct IdempotencyKey: Sendable {
    /// Who asks, and by which route: `tenant/TENANT1 POST /v1/service-orders`.
    package let scope: String
    /// What they call it: `X-Request-ID`, a `messageId`, a JSON-RPC id with its method and ref.
    package let key: String
    /// SHA-256 of what the body says, however it is spelt, in lower-case hex: the same key with other content is refused.
    package let bodyHash: String
    /// The hash as 0.1.0 made it, of the bytes as they came: an answer that it stored is given for a repeat too. Made only
    /// where the other does not match.
    private let earlierHash: @Sendable () -> String?

    package init(
        scope: String,
        key: String,
        bodyHash: String,
        earlierHash: @escaping @Sendable () -> String? = { nil }
    ) {
        self.scope = scope
        self.key = key
        self.bodyHash = bodyHash
        self.earlierHash = earlierHash
    }

    /// Whether a stored answer answered the same content.
    package func isAnswered(by answer: StoredAnswer) -> Bool {
        answer.bodyHash == bodyHash || answer.bodyHash == earlierHash()
    }
}

/// An answer as it was first given.
package struct StoredAnswer: Equatable, Sendable {
    package let status: Int
    package let contentType: String
    package let headers: [String: String]
    package let body: [UInt8]
    /// Hash of the body that it answered.
    package let bodyHash: String
    /// Until when it is given again; `nil` before it is stored. No part of what was answered.
    package var expires: Date?

    package static func == (left: Self, right: Self) -> Bool {
        left.status == right.status && left.contentType == right.contentType && left.headers == right.headers
            && left.body == right.body && left.bodyHash == right.bodyHash
    }

    package init(
        status: Int,
        contentType: String,
        headers: [String: String] = [:],
        body: [UInt8],
        bodyHash: String = ""
    ) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
        self.bodyHash = bodyHash
    }
}

/// What was decided about an entity, and why.
package struct JournalEntry: Equatable, Sendable {
    package let at: Date
    package let entity: EntityRef
    /// The input: `PlaceOrder`, `timer autoClose`, `reply POST /service-orders`.
    package let cause: String
    /// Who caused it: `tenant/TENANT1`, `clock`, `house`.
    package let by: String
    package let before: String?
    package let after: String
    package let note: String?
    package let conversation: ConversationID

    package init(
        at: Date,
        entity: EntityRef,
        cause: String,
        by: String,
        before: String?,
        after: String,
        note: String? = nil,
        conversation: ConversationID
    ) {
        self.at = at
        self.entity = entity
        self.cause = cause
        self.by = by
        self.before = before
        self.after = after
        self.note = note
        self.conversation = conversation
    }
}

/// A raw copy of one exchanged message: what came or went, and what became of it (decision 6).
///
/// Authorization, cookies, token bodies and secrets are never in it; a body over 64 KiB is kept as its hash.
package struct LoggedMessage: Equatable, Sendable {
    package enum Direction: String, Codable, CaseIterable, Sendable { case inbound, outbound }

    /// Set by the store.
    package var sequence: Int64 = 0
    package var at: Date
    package var direction: Direction
    /// Party names, such as `tenant/TENANT1` and `gateway`.
    package var from: String
    package var to: String
    /// `tenant`, `tenant-updates`, `supplier`, `supplier-updates`, `ticketing`, `installation`, `desk`.
    package var contract: String
    package var operation: String
    package var method: String
    package var path: String
    package var entity: EntityRef?
    package var conversation: String?
    package var requestID: String?
    package var messageID: String?
    package var status: Int?
    package var requestHeaders: LoggedHeaders
    package var requestBody: [UInt8]
    package var responseBody: [UInt8]
    /// What we made of it: `accepted`, `duplicate`, `refused: …`, with each leniency as a warning.
    package var verdict: String
    package var warnings: [String]
    /// The entity's state once the message had done its work.
    package var stateAfter: String?

    package init(
        at: Date,
        direction: Direction,
        from: String,
        to: String,
        contract: String,
        operation: String,
        method: String = "POST",
        path: String = "",
        entity: EntityRef? = nil,
        conversation: String? = nil,
        requestID: String? = nil,
        messageID: String? = nil,
        status: Int? = nil,
        requestHeaders: LoggedHeaders = [:],
        requestBody: [UInt8] = [],
        responseBody: [UInt8] = [],
        verdict: String = "accepted",
        warnings: [String] = [],
        stateAfter: String? = nil
    ) {
        self.at = at
        self.direction = direction
        self.from = from
        self.to = to
        self.contract = contract
        self.operation = operation
        self.method = method
        self.path = path
        self.entity = entity
        self.conversation = conversation
        self.requestID = requestID
        self.messageID = messageID
        self.status = status
        self.requestHeaders = requestHeaders
        self.requestBody = requestBody
        self.responseBody = responseBody
        self.verdict = verdict
        self.warnings = warnings
        self.stateAfter = stateAfter
    }
}
