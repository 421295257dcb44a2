import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Storage

/// `PUT /prod/api2/attachments/{key}`: the file that a ticket announced, to the place that the receipt named (G-142).
///
/// Body: the file as it is, 20 MB at most, of the kind that its name promises. 201 once it is on disk with the ticket's
/// change, 200 for the same file again; 404 nothing is expected there, for this buyer, or no longer; 409 another file came
/// before; 413 larger; 415 of another kind. Refusals are JSON, as those of an interface of ours are.
struct UploadAttachment {
    /// What the published process allows (G-142): a dozen photographs of a phone.
    static let bytesMax = 20_000_000
    static let keyCharacters = 32

    let exchange: Exchange
    let files: FileShelf

    func receive(_ request: Request, _ key: String, from buyer: BuyerID) async throws -> ByteResponse {
        let (ticket, attachment) = try await expected(key, of: buyer)
        guard let kind = AttachmentKind.of(attachment.name) else { throw Self.nothingExpected }
        try Self.check(request.headers, kind)
        let content = try await store(request, as: kind)
        let by = "buyer/\(buyer)"
        var copy = LoggedMessage.inbound(
            request,
            body: Array("[\(content.bytes) bytes] sha256:\(content.hash)".utf8),
            from: by,
            to: "operator",
            contract: "ticketing",
            operation: "uploadAttachment",
            at: exchange.time.now()
        )
        copy.status = attachment.isUploaded ? 200 : 201
        do {
            try await exchange.change(Cause("UploadAttachment", by: by)) { [copy] change in
                try change.decide(ticket, of: .buyer(buyer)) { try $0.upload(content, to: key, at: $1) }
                try change.log(copy, about: EntityRef(kind: FaultReport.kind, number: ticket.number))
            }
        } catch let rejection as Rejection {
            let status: HTTPResponse.Status = rejection.code == .notFound ? .notFound : .conflict
            throw APIError(status, rejection.message)
        }
        return ByteResponse(
            status: attachment.isUploaded ? .ok : .created,
            bytes: JSONWriter.bytes { json in
                json.object { json in
                    json.field("filename", attachment.name)
                    json.field("bytes", content.bytes)
                    json.field("sha256", content.hash)
                }
            }
        )
    }

    /// The announced file behind a key. Another buyer's is as absent as one that never was.
    private func expected(_ key: String, of buyer: BuyerID) async throws -> (ID<FaultReport>, Attachment) {
        guard key.utf8.count == Self.keyCharacters else { throw Self.nothingExpected }
        let found = try await exchange.read {
            try $0.find(FaultReport.self, by: FaultReport.attachmentKey, key, limit: 1).first
        }
        guard let ticket = found, ticket.buyer == .account(id: buyer),
            let attachment = ticket.attachments.first(where: { $0.key.isExactly(key) })
        else { throw Self.nothingExpected }
        return (ticket.id, attachment)
    }

    /// Before a byte of the body is read.
    private static func check(_ headers: HTTPFields, _ kind: AttachmentKind) throws(APIError) {
        try RequestBody.checkCoding(of: headers)
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > bytesMax { throw tooLarge }
        guard let given = headers[.contentType] else { return }
        let essence = given.prefix { $0 != ";" }.lowercased()
        guard [kind.mediaType, "application/octet-stream"].contains(essence) else {
            throw APIError(.unsupportedMediaType, "By its name the file is \(kind.mediaType), not \(essence).")
        }
    }

    /// Takes the body a piece at a time: twenty megabytes are never in memory at once.
    private func store(_ request: Request, as kind: AttachmentKind) async throws -> AttachmentContent {
        let draft = try files.draft()
        var head: [UInt8] = []
        for try await piece in request.body {
            guard draft.count + piece.readableBytes <= Self.bytesMax else { throw Self.tooLarge }
            if head.count < AttachmentKind.headBytes {
                head += piece.readableBytesView.prefix(AttachmentKind.headBytes - head.count)
            }
            try piece.withUnsafeReadableBytes { try draft.append($0) }
        }
        guard draft.count > 0 else { throw APIError(.badRequest, "The file is empty.") }
        guard kind.matches(head) else {
            throw APIError(.unsupportedMediaType, "By its name the file is \(kind.mediaType); its bytes are not.")
        }
        let bytes = draft.count
        let hash = try await files.keep(draft)
        return AttachmentContent(hash: hash, bytes: bytes)
    }

    private static let nothingExpected = APIError(.notFound, "No file is expected here.")
    private static let tooLarge = APIError(.contentTooLarge, "A file has \(bytesMax) bytes at most.")
}
