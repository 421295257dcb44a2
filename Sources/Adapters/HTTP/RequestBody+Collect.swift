import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

extension RequestBody {
    /// The most that any contract needs is a few kilobytes; more is a mistake or an attack.
    package static let bytesMax = 1 << 20

    /// The whole body of a request: 413 over the limit, 415 for a content coding (decision 33: nothing is
    /// decompressed, so nothing can explode) or for another media type than those given, 400 for a body that breaks off.
    package static func collect(
        _ request: Request,
        max: Int = bytesMax,
        mediaTypes: [String] = []
    ) async throws -> [UInt8] {
        try checkCoding(of: request.headers)
        let contentType = request.headers.value(of: .contentType)
        if isMultipart(contentType) {
            throw APIError(
                .unsupportedMediaType,
                "A multipart body is not accepted: send the message alone, as the whole body.",
                headers: accepted(request, mediaTypes)
            )
        }
        if !mediaTypes.isEmpty, !isAmong(mediaTypes, contentType) {
            throw APIError(
                .unsupportedMediaType,
                "The body must be \(mediaTypes.joined(separator: " or ")).",
                headers: accepted(request, mediaTypes)
            )
        }
        let tooLarge = APIError(.contentTooLarge, "The body is larger than \(max) bytes.")
        if let length = request.headers.value(of: .contentLength).flatMap({ Int($0) }), length > max { throw tooLarge }
        do {
            let buffer = try await request.body.collect(upTo: max)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch is HTTPParserError {
            // Nobody hears it any more; the log does.
            throw APIError(.badRequest, "The connection ended before the body did.")
        }
    }

    /// Refuses a content coding, and says that there is none to choose from (RFC 9110 §12.5.3).
    static func checkCoding(of fields: HTTPFields) throws(APIError) {
        guard let coding = fields.value(of: .contentEncoding), coding.lowercased() != "identity" else { return }
        throw APIError(
            .unsupportedMediaType,
            "A content coding is not accepted: send the body as it is.",
            headers: [.acceptEncoding: "identity"]
        )
    }

    /// What a refused type could have been: `Accept-Patch` for PATCH (RFC 5789 §3.1), `Accept` else (RFC 9110 §15.5.16).
    private static func accepted(_ request: Request, _ mediaTypes: [String]) -> HTTPFields {
        guard !mediaTypes.isEmpty else { return [:] }
        let name = request.method == .patch ? HTTPField.Name.known("Accept-Patch") : .accept
        return [name: mediaTypes.joined(separator: ", ")]
    }

    private static func isMultipart(_ contentType: String?) -> Bool {
        guard let contentType, contentType.utf8.first.map({ $0 | 0x20 }) == UInt8(ascii: "m") else { return false }
        return contentType.lowercased().hasPrefix("multipart/")
    }

    /// Whether a content type is one of these, its parameters aside. None given is taken as the first.
    private static func isAmong(_ mediaTypes: [String], _ contentType: String?) -> Bool {
        guard let contentType, contentType != mediaTypes.first else { return true }
        let essence = contentType.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return mediaTypes.contains(essence)
    }
}
