import Domain
import HTTPTypes
import Hummingbird

extension Rejection {
    /// How the Tenant API reports a refusal (G-003, X-46, decision 37).
    ///
    /// - Parameter rejectStatus: what a rule's failure is answered with: of an order the tenant's own choice, else 422.
    func tenantAPIError(rejectStatus: HTTPResponse.Status) -> APIError {
        let status: HTTPResponse.Status =
            switch code {
            case .notFound: .notFound
            case .notOffered: .notImplemented
            case .keyReused: .unprocessableContent
            case .invalid, .alreadyExists, .illegalTransition, .reservationUnusable, .appointmentRule, .slotTaken,
                .unknownService, .unknownSupplier, .closureCodeMismatch, .duplicateDevice, .notYours:
                rejectStatus
            }
        return APIError(rejection: self, status: status, code: code.tenantAPICode)
    }
}

extension Rejection.Code {
    /// There is no `default`: a new code compiles only once every protocol says how it reports it.
    fileprivate var tenantAPICode: APIError.Code {
        switch self {
        case .notFound: .notFound
        case .notOffered: .notImplemented
        case .invalid, .alreadyExists, .illegalTransition, .reservationUnusable, .appointmentRule, .slotTaken,
            .unknownService, .unknownSupplier, .closureCodeMismatch, .duplicateDevice, .notYours, .keyReused:
            .invalidRequest
        }
    }
}
