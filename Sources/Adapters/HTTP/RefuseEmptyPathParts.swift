import Hummingbird

/// `/v1/service-orders/` and `/v1//service-orders` are no paths of ours: 404.
///
/// The router would pass over the empty part and find the route. The same request under two paths would then be two
/// requests to everything that goes by the path: the key of a repeat, a proxy's rules, the log.
struct RefuseEmptyPathParts<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard Self.isWhole(request.uri.path) else {
            throw APIError(.notFound, "There is nothing at this path: it has an empty part, or a slash at its end.")
        }
        return try await next(request, context)
    }

    /// Whether a path begins with a slash, and every slash has something behind it; `/` alone is whole.
    static func isWhole(_ path: String) -> Bool {
        guard path != "/" else { return true }
        var previous = UInt8(ascii: "x")
        for (position, byte) in path.utf8.enumerated() {
            if byte == UInt8(ascii: "/") {
                if previous == byte { return false }
            } else if position == 0 {
                return false
            }
            previous = byte
        }
        return previous != UInt8(ascii: "/")
    }
}
