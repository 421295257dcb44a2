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
        if let coding = request.headers.value(of: .contentEncoding), coding.lowercased() != "identity" {
            throw APIError(.unsupportedMediaType, "A content coding is not accepted: send the body as it is.")
        }
        if !mediaTypes.isEmpty, !isAmong(mediaTypes, request.headers.value(of: .contentType)) {
            throw APIError(.unsupportedMediaType, "The body must be \(mediaTypes.joined(separator: " or ")).")
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

    /// Whether a content type is one of these, its parameters aside. None given is taken as the first.
    private static func isAmong(_ mediaTypes: [String], _ contentType: String?) -> Bool {
        guard let contentType, contentType != mediaTypes.first else { return true }
        let essence = contentType.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return mediaTypes.contains(essence)
    }
}
