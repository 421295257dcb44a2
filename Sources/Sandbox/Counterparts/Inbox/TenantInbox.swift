import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

/// A tenant's Tenant Updates API: takes KCIs as a careful tenant would (contract §2.7).
///
/// Only what is no JSON is refused. Everything else is taken and remarked on: the inbox is there to show it.
struct TenantInbox: Sendable {
    /// Members of every KCI (G-070), those aside that are absent where the gateway speaks for itself.
    static let required = [
        "id", "supplier", "sequenceNumber", "deliveredOn", "updateType", "entityType", "entity",
    ]

    let inbox: Inbox
    let party: InboxParty
    /// `whsec_…` as Standard Webhooks spells it; `nil` where nothing is signed.
    let secret: String?

    /// `POST …/kcis`
    @Sendable func receive(request: Request, context: BasicContext) async throws -> ByteResponse {
        let body = try await RequestBody.collect(request)
        let now = inbox.time.now()
        let raw = LoggedMessage.letter(
            request,
            body: body,
            to: party.rawValue,
            contract: "tenant-updates",
            operation: "kcis",
            at: now
        )
        let signature = WebhookSignature(request.headers)
        var letter = Inbox.Letter(addressee: party.rawValue, raw: raw, identity: nil, body: body)
        guard let root = (try? JSONDocument(parsing: body))?.root, root.kind == .object else {
            return try await inbox.receive(letter) { _ in
                Inbox.Reply(status: 400, problems: ["the body is no JSON object"])
            }
        }
        let idempotencyKey = request.headers[.idempotencyKey]
        letter.identity = root["id"]?.string ?? idempotencyKey
        letter.raw.operation = "KCI \(Self.headline(root))"
        var problems = Self.problems(of: root)
        if idempotencyKey == nil { problems.append("Idempotency-Key is missing (G-080)") }
        if let idempotencyKey, root["id"]?.string?.isExactly(idempotencyKey) != true {
            problems.append("Idempotency-Key is not the KCI's id (G-080)")
        }
        if let secret, !signature.isValid(for: body, secret: secret) { problems.append("the signature is wrong") }
        let place = KCIPlace(root)
        let party = party
        return try await inbox.receive(letter) { [problems] transaction in
            var problems = problems
            if let place { problems += try place.check(for: party, in: transaction, at: now) }
            return Inbox.Reply(status: 204, problems: problems)
        }
    }

    private static func headline(_ root: JSONValue) -> String {
        root["information"]?["type"]?.string ?? root["action"]?["type"]?.string
            ?? (root["error"] == nil ? "without content" : "ERROR")
    }

    private static func problems(of root: JSONValue) -> [String] {
        var problems = required.filter { root[$0] == nil }.map { "\($0) is missing (G-070)" }
        if let number = root["sequenceNumber"], (number.integer ?? 0) < 1 {
            problems.append("sequenceNumber is no number from 1")
        }
        if let entity = root["entity"], entity["id"] == nil { problems.append("entity has no id") }
        let parts = ["information", "action", "error"].filter { root[$0] != nil }
        if parts.count != 1 {
            problems.append("one of information, action and error is wanted, \(parts.count) are there")
        }
        return problems
    }
}

/// A KCI's place among those of its entity (G-079): numbers from 1, rising, without a gap.
struct KCIPlace: Equatable, Sendable {
    let entity: String
    let number: Int
    let isRedelivered: Bool
    /// Numbers that the sender says are parked (decision 11).
    let missed: Set<Int>

    init?(_ root: JSONValue) {
        guard let type = root["entityType"]?.string, let number = root["sequenceNumber"]?.integer,
            let id = root["entity"]?["id"].flatMap({ $0.string ?? $0.integer.map(String.init) })
        else { return nil }
        entity = KeyParts.joined(type, id)
        self.number = Int(number)
        isRedelivered = root["redelivered"]?.bool == true
        missed = Set(root["missedSequenceNumbers"]?.elements.compactMap { $0.integer.map(Int.init) } ?? [])
    }

    init(entity: String, number: Int, isRedelivered: Bool = false, missed: Set<Int> = []) {
        self.entity = entity
        self.number = number
        self.isRedelivered = isRedelivered
        self.missed = missed
    }

    /// What is wrong with its place after the last one's; repeats have been removed before.
    func problems(after last: Int) -> [String] {
        if isRedelivered { return [] }
        if number <= last { return ["sequenceNumber \(number) came after \(last) (G-079)"] }
        let absent = (last + 1..<number).filter { !missed.contains($0) }
        return absent.isEmpty ? [] : ["sequenceNumber \(number) came after \(last): a gap (G-079)"]
    }

    /// Compares with the last number of its entity, and remembers the new one.
    func check(for party: InboxParty, in transaction: any Transaction, at now: Date) throws -> [String] {
        let key = IdempotencyKey(scope: "sequence/\(party.rawValue)", key: entity, bodyHash: "")
        let last = try transaction.answer(to: key, at: now)?.status ?? 0
        if number > last {
            let mark = StoredAnswer(status: number, contentType: "", body: [])
            try transaction.remember(mark, for: key, until: now + Inbox.memory)
        }
        return problems(after: last)
    }
}

extension HTTPField.Name {
    static var idempotencyKey: HTTPField.Name { HTTPField.Name("Idempotency-Key") ?? .contentType }
}
