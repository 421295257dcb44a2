import Domain
import Formats
import HTTPTypes
import Hummingbird

/// An answer that isn't the one hoped for, of a REST contract: status, code and every problem with its pointer
/// (G-002 to G-004). Thrown by handlers; spelt in one place, by what the caller accepts.
package struct APIError: Error, HTTPResponseError, Equatable, Sendable {
    /// G-002.
    package enum Code: String, CaseIterable, Sendable {
        case gatewayFault = "GATEWAY_FAULT"
        case invalidRequest = "INVALID_REQUEST"
        case malformedRequest = "MALFORMED_REQUEST"
        case notAuthorised = "NOT_AUTHORISED"
        case notFound = "NOT_FOUND"
        case notImplemented = "NOT_IMPLEMENTED"
        case supplierFault = "SUPPLIER_FAULT"
        case supplierTimedOut = "SUPPLIER_TIMED_OUT"
        case tenantFault = "TENANT_FAULT"
    }

    package let status: HTTPResponse.Status
    package let code: Code
    /// What is wrong, in a sentence.
    package let message: String
    /// Each thing that is wrong; empty where the message says all.
    package let problems: [Problem]
    /// Beside the body: `WWW-Authenticate`, `Allow`, `Retry-After`.
    package var headers: HTTPFields

    package init(
        _ status: HTTPResponse.Status,
        code: Code? = nil,
        _ message: String,
        problems: [Problem] = [],
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.code = code ?? Code(usualFor: status)
        self.message = message
        self.problems = problems
        self.headers = headers
    }

    /// With problems as the domain names them.
    package init(
        _ status: HTTPResponse.Status,
        code: Code? = nil,
        _ message: String,
        problems: [Rejection.Problem],
        headers: HTTPFields = [:]
    ) {
        self.init(status, code: code, message, problems: problems.map(Problem.init), headers: headers)
    }

    /// A refusal of the domain, under the status that the contract at hand gives its code.
    package init(rejection: Rejection, status: HTTPResponse.Status, code: Code? = nil) {
        self.init(status, code: code, rejection.message, problems: rejection.problems)
    }

    /// The message could not be understood, and these are all the reasons.
    package static func malformed(_ problems: [Problem]) -> APIError {
        APIError(.badRequest, problems.first?.message ?? "The request cannot be read.", problems: problems)
    }

    package static func malformed(_ problems: [Rejection.Problem]) -> APIError {
        .malformed(problems.map(Problem.init))
    }

    /// The bytes are no JSON that we take.
    package static func malformed(_ json: MalformedJSON) -> APIError {
        let message = "Line \(json.line), column \(json.column): \(json.reason)"
        return .malformed([Problem(pointer: json.pointer ?? "", code: .rule, message: message)])
    }

    /// Something of ours failed: the number under which the log says what, and nothing more.
    static func failed(_ uuid: String) -> APIError {
        APIError(.internalServerError, "Something failed here. Quote \(uuid).")
    }

    package static func notImplemented(_ what: String) -> APIError {
        APIError(.notImplemented, "\(what) is not implemented.")
    }
}

extension Problem {
    fileprivate init(_ problem: Rejection.Problem) {
        self.init(pointer: problem.pointer, code: .rule, message: problem.message)
    }
}

extension APIError.Code {
    /// The code that goes with a status unless a handler knows better (G-003, decision 38).
    init(usualFor status: HTTPResponse.Status) {
        self =
            switch status.code {
            case 401, 403: .notAuthorised
            case 404: .notFound
            case 409, 422: .invalidRequest
            case 429: .tenantFault
            case 501: .notImplemented
            case 504: .supplierTimedOut
            case 400..<500: .malformedRequest
            default: .gatewayFault
            }
    }
}
