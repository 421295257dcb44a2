import Domain
import Engine
import Formats
import HTTPTypes

extension Unanswered {
    /// How the Tenant API reports that a supplier's answer isn't to be had (G-003).
    var tenantAPIError: APIError {
        switch self {
        case .timedOut: APIError(.gatewayTimeout, code: .supplierTimedOut, "The supplier did not answer in time.")
        case .refused(let reasons):
            APIError(
                .unprocessableContent,
                code: .invalidRequest,
                "The supplier refused.",
                problems: reasons.map { Problem(pointer: "", code: .rule, message: $0) }
            )
        case .failed(let reason): APIError(.badGateway, code: .supplierFault, "The supplier failed: \(reason).")
        case .notOffered: APIError(.notImplemented, code: .notImplemented, "The supplier does not offer this.")
        }
    }
}
