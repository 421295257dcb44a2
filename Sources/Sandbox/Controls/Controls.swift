import Adapters
import Crypto
import Domain
import Formats
import HTTPTypes
import Hummingbird

/// `/sandbox`: what turns the world and looks into it (architecture §8, decisions 20 to 22). JSON, with the control token.
package struct Controls: Sendable {
    let world: World
    private let token: String

    package init(world: World, token: String) {
        self.world = world
        self.token = token
    }

    package func addRoutes(to router: Router<BasicContext>) {
        let routes = router.group("sandbox").add(middleware: ControlToken(token: token))
        routes.get("clock", use: readClock)
        routes.post("clock", use: turnClock)
        routes.post("settle", use: settle)
        routes.get("inbox", use: readInbox)
        routes.get("messages", use: readMessages)
        routes.put("endpoints", use: redirect)
        routes.get("behaviour", use: readBehaviour)
        routes.put("behaviour", use: changeBehaviour)
        routes.post("fault-reports/:reference/:event", use: workTicket)
        routes.post("jobs/:reference/:event", use: playJob)
        routes.post("reset", use: reset)
    }

    @Sendable private func reset(request: Request, context: BasicContext) async throws -> ByteResponse {
        try await world.reset()
        return ByteResponse(bytes: Array("{}".utf8))
    }
}

/// The control token, compared in constant time. It opens an exercise, but from a page in a browser of this machine too.
private struct ControlToken: RouterMiddleware {
    let token: String

    func handle(
        _ request: Request,
        context: BasicContext,
        next: (Request, BasicContext) async throws -> Response
    ) async throws -> Response {
        let given = SHA256.hash(data: Array((request.headers[.authorization] ?? "").utf8))
        guard given == SHA256.hash(data: Array("Bearer \(token)".utf8)) else {
            throw APIError(
                .unauthorized,
                "The control token of sandbox.json is required: Authorization: Bearer <control.token>.",
                headers: [.wwwAuthenticate: "Bearer realm=\"sandbox\""]
            )
        }
        return try await next(request, context)
    }
}

extension Controls {
    /// The JSON object of a request, or every problem in it.
    func object<Value>(_ request: Request, _ read: (ObjectReader) -> Value?) async throws -> Value {
        var bytes = try await RequestBody.collect(request)
        if bytes.isEmpty { bytes = Array("{}".utf8) }
        let problems = Problems()
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            throw APIError.malformed([Problem(pointer: error.pointer ?? "", code: .rule, message: error.reason)])
        }
        let reader = ObjectReader(document.root, problems: problems)
        let value = read(reader)
        reader.finish(rejectUnknown: true)
        guard problems.isEmpty, let value else { throw APIError.malformed(problems.all) }
        return value
    }

    /// A query parameter that counts from 0.
    func number(_ name: Substring, of request: Request) throws -> Int64 {
        guard let text = request.uri.queryParameters[name] else { return 0 }
        guard let number = Int64(text), number >= 0 else {
            let problem = "\(name) must be a number from 0."
            throw APIError.malformed([Problem(pointer: "?\(name)", code: .pattern, message: problem)])
        }
        return number
    }
}
