import Formats
import HTTPTypes
import Hummingbird

/// Why there is no token, as RFC 6749 §5.2 spells it: 401 for a client that used Basic, else 400; 429 after too many wrong
/// secrets (G-005).
struct TokenRefusal: Error {
    enum Code: String {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case unsupportedGrantType = "unsupported_grant_type"
        case unauthorizedClient = "unauthorized_client"
        case invalidScope = "invalid_scope"
        case serverError = "server_error"
        /// Of RFC 6749 §4.1.2.1, which is the nearest to "not now".
        case temporarilyUnavailable = "temporarily_unavailable"
    }

    let code: Code
    let description: String
    let status: HTTPResponse.Status
    let usedBasic: Bool
    /// Seconds.
    private(set) var retryAfter: Int?

    /// After too many wrong secrets, whatever the secret is this time.
    static func tooManyGuesses(retryAfter seconds: Int) -> TokenRefusal {
        var refusal = TokenRefusal(
            .temporarilyUnavailable,
            "Too many wrong secrets were shown for this client from this address. Try again after \(seconds) seconds.",
            status: .tooManyRequests
        )
        refusal.retryAfter = seconds
        return refusal
    }

    init(_ code: Code, _ description: String, usedBasic: Bool = false, status: HTTPResponse.Status? = nil) {
        self.code = code
        self.description = description
        self.usedBasic = usedBasic
        self.status = status ?? (usedBasic ? .unauthorized : .badRequest)
    }

    /// RFC 6749 §5.1: neither a token nor a refusal may be kept by anything on the way.
    static let neverStored: HTTPFields = [.cacheControl: "no-store", .known("Pragma"): "no-cache"]

    var response: ByteResponse {
        let json = JSONWriter.bytes {
            $0.object {
                $0.field("error", code.rawValue)
                $0.field("error_description", description)
            }
        }
        var headers = Self.neverStored
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        if usedBasic { headers[.wwwAuthenticate] = "Basic realm=\"access-token\"" }
        return ByteResponse(status: status, bytes: json, headers: headers)
    }
}
