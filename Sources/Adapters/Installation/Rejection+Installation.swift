import Domain
import Formats

extension Rejection.Code {
    /// The error of the contract for each refusal (G-132). No `default`: a new code compiles only with an opinion.
    var installationCode: Int {
        switch self {
        // Another partner's job is as absent as one that never was (decision 36).
        case .notFound: -32001
        case .illegalTransition: -32002
        case .closureCodeMismatch: -32003
        case .duplicateDevice: -32004
        case .notYours: -32005
        case .invalid: RPCError.invalidParams
        case .keyReused: RPCError.invalidRequest
        // No method of this contract leads to these; they would be rules of a job, so they read as its refusal.
        case .alreadyExists, .reservationUnusable, .appointmentRule, .slotTaken, .unknownService, .unknownSupplier,
            .notOffered:
            -32002
        }
    }

    private var installationMessage: String {
        switch installationCode {
        case -32001: "Unknown ref"
        case -32002: "Illegal transition"
        case -32003: "Unknown or mismatched secondary code"
        case -32004: "Duplicate device"
        case -32005: "Not your job"
        case RPCError.invalidParams: "Invalid params"
        default: "Invalid Request"
        }
    }

    /// Where in the message the reason is.
    private var installationPointer: String {
        switch self {
        case .notFound, .notYours: "/params/jobHeader/ref"
        case .closureCodeMismatch: "/params/secondaryClosureCode"
        case .duplicateDevice: "/params/ont"
        case .keyReused: "/id"
        case .illegalTransition, .invalid, .alreadyExists, .reservationUnusable, .appointmentRule, .slotTaken,
            .unknownService, .unknownSupplier, .notOffered:
            "/params"
        }
    }

    func installationError(_ rejection: Rejection) -> RPCError {
        let problems =
            rejection.problems.isEmpty
            ? [Rejection.Problem(installationPointer, rejection.message)] : rejection.problems
        var error = RPCError.invalidParams(
            problems.map { Problem(pointer: $0.pointer, code: .rule, message: $0.message) }
        )
        error.code = installationCode
        error.message = "\(installationMessage): \(rejection.message)"
        return error
    }
}

extension RPCError {
    init(_ rejection: Rejection) { self = rejection.code.installationError(rejection) }
}
