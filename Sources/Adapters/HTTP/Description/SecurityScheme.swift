import Formats

/// How a caller proves who it is, as a document says it.
enum SecurityScheme: Sendable {
    /// OAuth2 client credentials: where tokens are had, and what each scope is for.
    case clientCredentials(tokens: String, scopes: [(name: String, meaning: String)])
    case basic
    case mutualTLS

    func write(to json: inout JSONWriter) {
        switch self {
        case .clientCredentials(let tokens, let scopes):
            json.field("type", "oauth2")
            json.object("flows") { json in
                json.object("clientCredentials") { json in
                    json.field("tokenUrl", tokens)
                    json.object("scopes") { json in
                        for scope in scopes { json.field(scope.name, scope.meaning) }
                    }
                }
            }
        case .basic:
            json.field("type", "http")
            json.field("scheme", "basic")
        case .mutualTLS: json.field("type", "mutualTLS")
        }
    }
}
