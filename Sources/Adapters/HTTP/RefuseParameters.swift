import Hummingbird

/// Of an API of staff: an operation without parameters refuses each parameter with 400, as its lists refuse one that they do not
/// know (``FilterReader``). A filter where there is none would show more than was asked for.
struct RefuseParameters<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        try FilterReader(request, knows: []).finish()
        return try await next(request, context)
    }
}

extension RouterMethods {
    /// Routes of operations that have no parameters.
    var withoutParameters: RouterGroup<Context> { group().add(middleware: RefuseParameters()) }
}
