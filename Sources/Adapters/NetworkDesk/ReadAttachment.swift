import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Storage

extension NetworkDesk {
    /// `GET /operator/v1/fault-reports/{maintainerFaultReference}/attachments/{filename}`: a file of a ticket's, as the buyer
    /// sent it; 404 until it has come.
    ///
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
            let content = attachment.content,
            let path = files.path(of: content.hash)
        else { throw APIError(.notFound, "The ticket has no such file.") }
        let headers: HTTPFields = [
            .contentType: AttachmentKind.of(name)?.mediaType ?? "application/octet-stream",
            .contentDisposition: "attachment",
            .contentLength: String(content.bytes),
            .known("X-Content-Type-Options"): "nosniff",
        ]
        return Response(status: .ok, headers: headers, body: try await FileIO().loadFile(path: path, context: context))
    }
}
