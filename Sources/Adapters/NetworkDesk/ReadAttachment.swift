import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Logging
import Metrics
import NIOPosix
import Storage

extension NetworkDesk {
    /// `GET /operator/v1/fault-reports/{maintainerFaultReference}/attachments/{filename}`: a file of a ticket's, as the buyer
    /// sent it; 404 until it has come.
    ///
    /// Its bytes are compared with what came: a file that a disk has changed, or lost, is never given out.
    /// Always for saving, never for showing: it is a stranger's file.
    func attachment(_ context: some RequestContext) async throws -> Response {
        let parameters = context.parameters
        let id = try Self.id(parameters)
        // In a path a plus is a plus.
        let name = FormText.decode(try parameters.require("filename").replacing("+", with: "%2B")) ?? ""
        guard let ticket = try await exchange.read({ try $0.find(id) }) else {
            throw Self.absent(try parameters.require("reference"))
        }
        guard let attachment = ticket.attachments.first(where: { $0.name.isExactly(name) }),
            let content = attachment.content
        else { throw APIError(.notFound, "The ticket has no such file.") }
        let path = try await NIOThreadPool.singleton.runIfActive { [files] in
            try files.verifiedPath(of: content.hash)
        }
        guard let path else { throw Self.damaged(content, of: id, context.logger) }
        let headers: HTTPFields = [
            .contentType: AttachmentKind.of(name)?.mediaType ?? "application/octet-stream",
            .contentDisposition: "attachment",
            .contentLength: String(content.bytes),
            .known("X-Content-Type-Options"): "nosniff",
        ]
        return Response(status: .ok, headers: headers, body: try await FileIO().loadFile(path: path, context: context))
    }

    private static func damaged(
        _ content: AttachmentContent,
        of ticket: ID<FaultReport>,
        _ logger: Logger
    ) -> APIError {
        Counter(label: "pb_files_damaged_total").increment()
        logger.error(
            "an attachment is gone or damaged: restore it from a backup, or have the buyer send it again",
            metadata: ["pb-entity": "faultReport/\(ticket)", "pb-sha256": "\(content.hash)"]
        )
        return APIError(
            .internalServerError,
            "The file was received, but is gone or damaged on our disk: restore it from a backup, or ask for it again."
        )
    }
}
