import Domain
import Engine
import Formats
import FoundationEssentials

/// Our own access to somebody's interface: asks for a token with the secret that they gave us, and uses it until it
/// is about to expire (G-005). Callers that come while it asks wait for the same answer.
package actor ClientCredentials {
    private struct Token {
        let text: String
        let expires: Date
    }

    /// Ask again this long before it expires, so that none expires on the way.
    private static let margin: TimeInterval = 60

    private let tokenURL: String
    private let clientID: String
    private let clientSecret: String
    private let scope: String?
    private let call: @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>
    private let time: TimeSource
    private var token: Token?
    private var asking: Task<Result<Token, OutboundFailure>, Never>?

    package init(
        tokenURL: String,
        clientID: String,
        clientSecret: String,
        scope: String? = nil,
        call: OutboundCall,
        time: TimeSource
    ) {
        self.init(tokenURL: tokenURL, clientID: clientID, clientSecret: clientSecret, scope: scope, time: time) {
            await call.send($0)
        }
    }

    init(
        tokenURL: String,
        clientID: String,
        clientSecret: String,
        scope: String?,
        time: TimeSource,
        send: @escaping @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>
    ) {
        self.tokenURL = tokenURL
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scope = scope
        call = send
        self.time = time
    }

    /// The value of an `Authorization` header.
    package func authorization() async -> Result<String, OutboundFailure> {
        if let token, time.now() < token.expires - Self.margin { return .success("Bearer \(token.text)") }
        let asking = asking ?? Task { await ask() }
        self.asking = asking
        let answer = await asking.value
        if self.asking == asking {
            self.asking = nil
            token = try? answer.get()
        }
        return answer.map { "Bearer \($0.text)" }
    }

    /// Forgets a token that was answered with 401: their key may have changed.
    package func forget(_ authorization: String) {
        if let token, authorization == "Bearer \(token.text)" { self.token = nil }
    }

    /// Sends a request with a token, and once more with a fresh one if the first is not liked.
    package func send(_ request: OutboundRequest) async -> Result<OutboundResponse, OutboundFailure> {
        let first = await attempt(request)
        guard case .success(let answer) = first.result, answer.status == 401, let used = first.authorization else {
            return first.result
        }
        forget(used)
        return await attempt(request).result
    }

    private func attempt(
        _ request: OutboundRequest
    ) async -> (result: Result<OutboundResponse, OutboundFailure>, authorization: String?) {
        switch await authorization() {
        case .failure(let failure): return (.failure(failure), nil)
        case .success(let authorization):
            var request = request
            request.headers.append(("Authorization", authorization))
            return (await call(request), authorization)
        }
    }

    private func ask() async -> Result<Token, OutboundFailure> {
        let asked = time.now()
        var form = "grant_type=client_credentials"
        if let scope { form += "&scope=\(FormText.encode(scope))" }
        let basic = BasicCredentials.header(FormText.encode(clientID), FormText.encode(clientSecret))
        let request = OutboundRequest(
            url: tokenURL,
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"),
                ("Authorization", basic),
            ],
            body: Array(form.utf8)
        )
        return await call(request).flatMap { answer in
            guard answer.status == 200, let grant = TokenGrant(json: answer.body) else {
                return .failure(OutboundFailure(.other, "no access token: status \(answer.status)"))
            }
            return .success(Token(text: grant.accessToken, expires: asked + TimeInterval(grant.expiresIn)))
        }
    }
}

/// HTTP Basic (RFC 7617).
enum BasicCredentials {
    static func header(_ user: String, _ password: String) -> String {
        "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
    }
}
