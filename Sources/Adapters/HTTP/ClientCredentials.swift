import Domain
import Engine
import Formats
import FoundationEssentials

/// Our own access to somebody's interface: asks for a token with the secret that they gave us, and uses it until it
/// is about to expire (G-005). Callers that come while it asks wait for the same answer.
package actor ClientCredentials {
    private struct Token {
        let text: String
        /// By ``TimeSource/elapsed``: a wall clock that is set makes a token neither older nor younger.
        let until: Duration

        init(_ grant: TokenGrant, asked: Duration) {
            let life = Duration.seconds(grant.expiresIn)
            text = grant.accessToken
            until = asked + life - min(ClientCredentials.margin, life / 2)
        }
    }

    /// Ask again this long before it expires, so that none expires on the way; of a short life, at its half: a server that
    /// gives tokens for a minute is not asked for each request.
    private static let margin: Duration = .seconds(60)
    /// Of what the server says about its refusal.
    private static let wordsMax = 200

    private let tokenURL: String
    private let clientID: String
    private let clientSecret: String
    private let scope: String?
    private let authentication: ClientAuthentication
    private let call: @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>
    private let time: TimeSource
    private var token: Token?
    /// Whether the name and the secret are encoded as a form's before they go into Basic. RFC 6749 has it so, many servers
    /// don't undo it; where the two differ, the one that was taken is kept.
    private var isEncoded = true
    private var asking: Task<Result<Token, OutboundFailure>, Never>?

    package init(
        tokenURL: String,
        clientID: String,
        clientSecret: String,
        scope: String? = nil,
        authentication: ClientAuthentication = .basic,
        call: OutboundCall,
        time: TimeSource
    ) {
        self.init(
            tokenURL: tokenURL,
            clientID: clientID,
            clientSecret: clientSecret,
            scope: scope,
            authentication: authentication,
            time: time
        ) {
            await call.send($0)
        }
    }

    init(
        tokenURL: String,
        clientID: String,
        clientSecret: String,
        scope: String?,
        authentication: ClientAuthentication = .basic,
        time: TimeSource,
        send: @escaping @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>
    ) {
        self.tokenURL = tokenURL
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scope = scope
        self.authentication = authentication
        call = send
        self.time = time
    }

    /// The value of an `Authorization` header.
    package func authorization() async -> Result<String, OutboundFailure> {
        if let token, time.elapsed() < token.until { return .success("Bearer \(token.text)") }
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
        let asked = time.elapsed()
        let first = await call(request(isEncoded: isEncoded))
        guard case .success(let answer) = first, Self.isUnknownClient(answer), isAmbiguous else {
            return first.mapError(Self.unasked).flatMap { Self.token(in: $0, asked: asked) }
        }
        let second = await call(request(isEncoded: !isEncoded))
        let token = second.mapError(Self.unasked).flatMap { Self.token(in: $0, asked: asked) }
        if case .success = token { isEncoded.toggle() }
        return token
    }

    /// Whether the encoded name and secret differ from the plain ones.
    private var isAmbiguous: Bool {
        authentication == .basic
            && (FormText.encode(clientID) != clientID || FormText.encode(clientSecret) != clientSecret)
    }

    private func request(isEncoded: Bool) -> OutboundRequest {
        var form = "grant_type=client_credentials"
        if let scope { form += "&scope=\(FormText.encode(scope))" }
        var headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        switch authentication {
        case .basic where isEncoded:
            let basic = BasicCredentials.header(FormText.encode(clientID), FormText.encode(clientSecret))
            headers.append(("Authorization", basic))
        case .basic: headers.append(("Authorization", BasicCredentials.header(clientID, clientSecret)))
        case .body:
            form += "&client_id=\(FormText.encode(clientID))&client_secret=\(FormText.encode(clientSecret))"
        }
        return OutboundRequest(url: tokenURL, headers: headers, body: Array(form.utf8))
    }

    private static func token(in answer: OutboundResponse, asked: Duration) -> Result<Token, OutboundFailure> {
        guard (200..<300).contains(answer.status) else {
            return .failure(OutboundFailure(.other, "no access token: \(words(of: answer))"))
        }
        guard let grant = TokenGrant(json: answer.body) else {
            let text = "no access token: the token endpoint's answer with status \(answer.status) has no access_token"
            return .failure(OutboundFailure(.other, text))
        }
        return .success(Token(grant, asked: asked))
    }

    /// Of which call it is that fails: a person looks at another place for it.
    private static func unasked(_ failure: OutboundFailure) -> OutboundFailure {
        OutboundFailure(failure.kind, "no access token: at the token endpoint, \(failure.text)")
    }

    private static func isUnknownClient(_ answer: OutboundResponse) -> Bool {
        [400, 401].contains(answer.status) && refusal(answer)?.error == "invalid_client"
            || answer.status == 401 && refusal(answer) == nil
    }

    /// The refusal as RFC 6749 §5.2 spells it, printable and short: the words are another party's.
    private static func words(of answer: OutboundResponse) -> String {
        let status = "the token endpoint answered with status \(answer.status)"
        guard let (error, description) = refusal(answer) else { return status }
        return "\(status), \(printable(error))" + (description.map { ": \(printable($0))" } ?? "")
    }

    private static func refusal(_ answer: OutboundResponse) -> (error: String, description: String?)? {
        guard let root = try? JSONDocument(parsingAnswer: answer.body).root, let error = root["error"]?.string else {
            return nil
        }
        return (error, root["error_description"]?.string)
    }

    private static func printable(_ text: String) -> String {
        String(text.unicodeScalars.prefix(wordsMax).map { $0.properties.isPrintable ? Character($0) : " " })
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
        case _: true
        }
    }
}

/// HTTP Basic (RFC 7617).
enum BasicCredentials {
    static func header(_ user: String, _ password: String) -> String {
        "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
    }
}
