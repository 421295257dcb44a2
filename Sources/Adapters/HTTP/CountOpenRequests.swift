import Engine
import Hummingbird

/// Counts requests while they are handled: "settled" needs to know (decision 20). What a request causes is committed
/// before it is closed. Those to the sandbox's controls are not counted, for they wait for the rest.
struct CountOpenRequests: RouterMiddleware {
    typealias Context = BasicContext

    let activity: Activity
    let uncounted: @Sendable (String) -> Bool

    func handle(
        _ request: Request,
        context: BasicContext,
        next: (Request, BasicContext) async throws -> Response
    ) async throws -> Response {
        if uncounted(request.uri.path) { return try await next(request, context) }
        activity.began(.request)
        defer { activity.ended(.request) }
        return try await next(request, context)
    }
}
