import Domain
import HTTPTypes
import Hummingbird
import Logging

/// The last word on every error: none leaves without a body (G-004), and one that is ours leaves with its number and
/// nothing more. Echoes the conversation's headers on whatever is answered (G-001).
struct AnswerErrors: RouterMiddleware {
    typealias Context = BasicContext

    func handle(
        _ request: Request,
        context: BasicContext,
        next: (Request, BasicContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(to: error, request, context)
        }
        for name in [HTTPField.Name.requestID, .conversationID] where response.headers.value(of: name) == nil {
            guard let value = request.headers.value(of: name), ConversationHeaders.isFit(value) else { continue }
            response.headers[name] = value
        }
        return response
    }

    private func answer(to error: any Error, _ request: Request, _ context: BasicContext) -> Response {
        let uuid = APIError.uuid(ofRequest: context.reference)
        switch error {
        case let error as APIError:
            return error.spelt(for: request, uuid: uuid)
        case let error as HTTPError:
            let message = error.body ?? Self.sentence(for: error.status, request)
            return APIError(error.status, message, headers: error.headers).spelt(for: request, uuid: uuid)
        case let error as any HTTPResponseError:
            return APIError(error.status, Self.sentence(for: error.status, request)).spelt(for: request, uuid: uuid)
        case _:
            // Said in the log when it began, not once for each request.
            if let unavailable = APIError(unavailable: error) { return unavailable.spelt(for: request, uuid: uuid) }
            context.logger.error(
                "request failed",
                metadata: ["pb-uuid": "\(uuid)", "pb-error": "\(Self.kind(of: error))"]
            )
            return APIError.failed(uuid).spelt(for: request, uuid: uuid)
        }
    }

    private static func sentence(for status: HTTPResponse.Status, _ request: Request) -> String {
        status == .notFound ? "There is nothing at this path." : "\(status.reasonPhrase)."
    }

    /// An error of ours in the log. A rejection that no handler mapped shows its code, not its words, which may be
    /// a subscriber's.
    static func kind(of error: any Error) -> String {
        if let rejection = error as? Rejection { return "unmapped rejection \(rejection.code)" }
        return "\(type(of: error)): \(error)"
    }
}
