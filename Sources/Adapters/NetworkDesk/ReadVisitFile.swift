import Domain
import Engine
import HTTPTypes
import Hummingbird
import Storage

/// How the desk gets at a file of a visit, by its path in the partner's bucket.
package typealias FetchFile = @Sendable (_ partner: PartnerID, _ objectPath: String) async -> FetchedFile

package enum FetchedFile: Sendable {
    /// Where it can be read for a quarter of an hour, without credentials.
    case link(String)
    case content([UInt8])
    case absent
}

extension JobDesk {
    /// `GET /operator/v1/jobs/{reference}/files/{number}`: a photograph or document of the visit, as the job lists them
    /// from 1; 302 to the object store, or 200 and the file itself; 404 until it was found in the bucket.
    ///
    /// Always for saving, never for showing: it is a stranger's file.
    func file(_ parameters: Parameters) async throws -> Response {
        let id = try Self.id(parameters)
        guard let job = try await exchange.read({ try $0.find(id) }) else {
            throw Self.absent(try parameters.require("reference"))
        }
        let files = job.files ?? []
        guard let number = Int(try parameters.require("number")), (1...).contains(number),
            let file = files.dropFirst(number - 1).first, case .present = file.state
        else { throw APIError(.notFound, "The job has no such file.") }
        switch await fetch(job.partner, file.objectPath) {
        case .absent: throw APIError(.notFound, "The file is no longer in the bucket.")
        case .link(let url): return Response(status: .found, headers: [.location: url, .cacheControl: "no-store"])
        case .content(let bytes):
            let headers: HTTPFields = [
                .contentType: "application/octet-stream",
                .contentDisposition: "attachment",
                .known("X-Content-Type-Options"): "nosniff",
            ]
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: .init(bytes: bytes)))
        }
    }
}
