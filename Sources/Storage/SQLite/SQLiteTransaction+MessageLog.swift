import Crypto
import Domain
import FoundationEssentials
import GRDB

extension SQLiteTransaction {
    /// Above this a body is kept as its hash: one attachment would outweigh a day's orders.
    static let loggedBodyBytesMax = 64 * 1024

    static func logging(_ message: LoggedMessage) -> Step {
        let warnings = StoredJSON.strings(message.warnings)
        let headers = StoredJSON.headers(message.requestHeaders)
        let (request, response) = (kept(message.requestBody), kept(message.responseBody))
        return { transaction in try transaction.log(message, warnings, headers, request, response) }
    }

    private func log(
        _ message: LoggedMessage,
        _ warnings: [UInt8],
        _ headers: [UInt8],
        _ request: [UInt8],
        _ response: [UInt8]
    ) throws {
        try db.run(
            """
            INSERT INTO messageLog (
                at, direction, sender, receiver, contract, operation, method, path, kind, entity, conversation,
                requestID, messageID, status, verdict, warnings, stateAfter, requestHeaders, requestBody, responseBody
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .date(message.at),
            .text(message.direction.rawValue),
            .text(message.from),
            .text(message.to),
            .text(message.contract),
            .text(message.operation),
            .text(message.method),
            .text(message.path),
            .text(message.entity?.kind.rawValue),
            message.entity.map { .int($0.number) } ?? .null,
            .text(message.conversation),
            .text(message.requestID),
            .text(message.messageID),
            .int(message.status),
            .text(message.verdict),
            .json(warnings),
            .text(message.stateAfter),
            .json(headers),
            .blob(request),
            .blob(response)
        )
    }

    func messages(after: Int64, limit: Int) throws -> [LoggedMessage] {
        try db.all(
            """
            SELECT sequence, at, direction, sender, receiver, contract, operation, method, path, kind, entity,
                conversation, requestID, messageID, status, verdict, warnings, stateAfter, requestHeaders,
                requestBody, responseBody
            FROM messageLog WHERE sequence > ? ORDER BY sequence LIMIT ?
            """,
            .int(after),
            .int(Int64(limit)),
            read: Self.loggedMessage
        )
    }

    private static func loggedMessage(_ row: borrowing SQLiteRow) throws -> LoggedMessage {
        let name = "logged message \(row.int(0))"
        guard let direction = LoggedMessage.Direction(rawValue: row.text(2)) else {
            throw StoreError.undecodable(name: name, path: "/direction", reason: "\(row.text(2)) is no direction")
        }
        var message = LoggedMessage(
            at: row.date(1),
            direction: direction,
            from: row.text(3),
            to: row.text(4),
            contract: row.text(5),
            operation: row.text(6),
            method: row.text(7),
            path: row.text(8),
            entity: row.isNull(9) ? nil : EntityRef(kind: try row.kind(9, of: name), number: row.int(10)),
            conversation: row.optionalText(11),
            requestID: row.optionalText(12),
            messageID: row.optionalText(13),
            status: row.optionalInt(14).map(Int.init),
            requestHeaders: LoggedHeaders(try row.withBytes(18) { try StoredJSON.decode(from: $0, name: name) }),
            requestBody: row.blob(19),
            responseBody: row.blob(20),
            verdict: row.text(15),
            warnings: try row.withBytes(16) { try StoredJSON.decode(from: $0, name: name) },
            stateAfter: row.optionalText(17)
        )
        message.sequence = row.int(0)
        return message
    }

    private static func kept(_ body: [UInt8]) -> [UInt8] {
        guard body.count > loggedBodyBytesMax else { return body }
        let hash = SHA256.hash(data: body).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return Array("[\(body.count) bytes, kept as their hash] sha256:\(hash.joined())".utf8)
    }
}
