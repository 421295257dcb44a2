import Domain
import HTTPTypes
import Hummingbird

/// What a token may be used for (G-006).
package enum Scope: String, CaseIterable, Sendable {
    case all = "tenant.all.all"
    case orders, problems, appointments, read
    /// Of the operator's staff: who its buyers are, and on what terms.
    case parties
    /// Of the operator's staff: take subscribers' data out of what is kept.
    case privacy
    /// Of a partner's apps: do what its office and its engineers do.
    case jobs
}

extension Scope {
    /// What ``all`` stands for.
    package static let ofTenants = Set([Scope.all, .orders, .problems, .appointments, .read].map(\.rawValue))
}

extension APIClient {
    /// All that it may ask for (G-006): a program that may do everything may take a token that may do less.
    var grantable: Set<String> {
        scopes.contains(Scope.all.rawValue) ? Scope.ofTenants.union(scopes) : Set(scopes)
    }
}

/// A context whose caller showed a token.
package protocol ScopedContext {
    /// For which interface; `nil` for a caller that showed a certificate.
    var audience: Audience? { get }
    var scopes: Set<String> { get }
}

extension ScopedContext {
    func may(_ scope: Scope) -> Bool { scopes.contains(Scope.all.rawValue) || scopes.contains(scope.rawValue) }

    /// Refuses with 403 what the token does not allow (decision 38), and says which scope would do (RFC 6750 §3.1).
    package func require(_ scope: Scope) throws(APIError) {
        guard !may(scope) else { return }
        let realm = audience.map { "realm=\"\($0.rawValue)\", " } ?? ""
        throw APIError(
            .forbidden,
            "The token does not have the scope \(scope.rawValue).",
            headers: [.wwwAuthenticate: "Bearer \(realm)error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""]
        )
    }
}

extension APIError {
    /// Without any token: RFC 6750 §3.1 has no error code then, for the client did nothing wrong yet.
    static func noCredentials(audience: Audience, _ message: String) -> APIError {
        APIError(.unauthorized, message, headers: [.wwwAuthenticate: "Bearer realm=\"\(audience.rawValue)\""])
    }

    /// Without a valid token of this audience (RFC 6750 §3).
    static func noToken(audience: Audience, _ message: String = "A valid access token is required.") -> APIError {
        APIError(
            .unauthorized,
            message,
            headers: [.wwwAuthenticate: "Bearer realm=\"\(audience.rawValue)\", error=\"invalid_token\""]
        )
    }

    static let noCertificate = APIError(.unauthorized, "A registered client certificate is required.")
}
