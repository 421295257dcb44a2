import HTTPTypes
import Hummingbird

/// Who the parties are and how they are reached is kept by nothing on the way (RFC 9111 §5.2.2.5).
struct NeverStored<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            var response = try await next(request, context)
            response.headers[.cacheControl] = "no-store"
            return response
        } catch var error as APIError {
            error.headers[.cacheControl] = "no-store"
            throw error
        }
    }
}

extension RouterMethods {
    /// Routes whose answers nothing on the way keeps.
    var neverStored: RouterGroup<Context> { group().add(middleware: NeverStored()) }
}
