import Adapters
import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

/// Whose post it is; the names that `GET /sandbox/inbox?party=` knows.
package enum InboxParty: String, Codable, CaseIterable, Sendable {
    case tenant, secondTenant, buyer, rivalBuyer, installer
}

/// Receives for all counterparts: writes each message down with what it caused, in one commit, and only then answers.
///
/// A sender may therefore forget what was answered, and a message that comes again has no second effect.
struct Inbox: Sendable {
    /// A counterpart's memory of what it has seen has no end within a sandbox's life.
    static let memory: Duration = .seconds(10 * 366 * 86_400)

    let store: any Store
    let time: TimeSource

    /// A message that came: raw, and by what it is known when it comes again.
    struct Letter: Sendable {
        /// A party's name; the network desk's isn't one of the inboxes of architecture §8, but is kept like them.
        var addressee: String
        var raw: LoggedMessage
        /// The message's own identity; `nil` if it has none that can be read.
        var identity: String?
        var body: [UInt8]
    }

    /// The answer to a message, and what a strict reader would say of it.
    struct Reply: Sendable {
        var status: Int
        var contentType = "application/json"
        var body: [UInt8] = []
        var problems: [String] = []
    }

    /// Takes a message in. `effect` runs only the first time, in the commit of the answer.
    func receive(
        _ letter: Letter,
        _ effect: @escaping @Sendable (any Transaction) throws -> Reply
    ) async throws -> ByteResponse {
        let now = time.now()
        let answer = try await store.write { transaction in
            let key = letter.identity.map {
                IdempotencyKey(scope: "inbox/\(letter.addressee)", key: $0, bodyHash: Hex.sha256(letter.body))
            }
            var verdict: Verdict
            let answer: StoredAnswer
            if let key, let first = try transaction.answer(to: key, at: now) {
                answer = first
                verdict = Verdict(status: first.status, isDuplicate: true)
                if first.bodyHash != key.bodyHash {
                    verdict.problems.append("came before under the same identity with another body")
                }
            } else {
                let reply = try effect(transaction)
                answer = StoredAnswer(
                    status: reply.status,
                    contentType: reply.contentType,
                    body: reply.body,
                    bodyHash: key?.bodyHash ?? ""
                )
                verdict = Verdict(status: reply.status, problems: reply.problems)
                if let key { try transaction.remember(answer, for: key, until: now + Self.memory) }
            }
            var raw = letter.raw
            raw.messageID = letter.identity
            raw.status = answer.status
            raw.responseBody = answer.body
            raw.verdict = verdict.json
            try transaction.log(raw)
            return answer
        }
        return ByteResponse(answer)
    }

    /// What a party received, oldest first, and from where to ask next.
    func messages(party: InboxParty, after: Int64, limit: Int) async throws -> [LoggedMessage] {
        try await store.read { transaction in
            var found: [LoggedMessage] = []
            var last = after
            while found.count < limit {
                let page = try transaction.messages(after: last, limit: 1_000)
                guard let end = page.last else { break }
                found += page.filter { $0.to == party.rawValue }
                last = end.sequence
            }
            return Array(found.prefix(limit))
        }
    }
}

extension LoggedMessage {
    static func letter(
        _ request: Request,
        body: [UInt8],
        to addressee: String,
        contract: String,
        operation: String,
        at now: Date
    ) -> LoggedMessage {
        .inbound(
            request,
            body: body,
            from: "house",
            to: addressee,
            contract: contract,
            operation: operation,
            at: now
        )
    }
}
