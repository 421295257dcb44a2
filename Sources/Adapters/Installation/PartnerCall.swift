import Domain
import Engine
import Formats

/// A message of a partner as far as the envelope goes (I-007, X-28): `id` an integer, `jsonrpc` `"2.0"`, `method`,
/// `params` an object.
struct PartnerCall: Sendable {
    let id: Int64
    let method: String
    let params: JSONValue

    /// - Parameter pathMethod: the method that the path names, which must be the body's (G-132).
    init(parsing bytes: [UInt8], pathMethod: String?) throws(RPCRefusal) {
        let request = try RPCRequest(parsing: bytes)
        guard case .integer(let id) = request.id else {
            throw Self.refusal(.null, RPCError.invalidRequest, "Invalid Request", ("/id", "must be an integer"))
        }
        guard request.jsonrpc == "2.0" else {
            throw Self.refusal(request.id, RPCError.invalidRequest, "Invalid Request", ("/jsonrpc", "must be \"2.0\""))
        }
        if let pathMethod, pathMethod != request.method {
            throw Self.refusal(
                request.id,
                RPCError.invalidRequest,
                "Invalid Request",
                ("/method", "must be the method that the path names")
            )
        }
        self.id = id
        method = request.method
        params = request.params
    }

    /// What the message asks, or everything that is wrong with it.
    func understood(with catalogue: ClosureCatalogue) throws -> Understood {
        guard let operation = Installation.operations[method] else {
            throw Self.refusal(
                .integer(id),
                RPCError.methodNotFound,
                "Method not found",
                ("/method", "must be one of: \(Installation.operations.keys.sorted().joined(separator: ", "))")
            )
        }
        let problems = Problems()
        let reading = Reading(ObjectReader(params, at: "/params", problems: problems))
        let understood = operation(reading, catalogue)
        guard problems.isEmpty, let understood else {
            throw RPCRefusal(id: .integer(id), error: .invalidParams(problems.all))
        }
        return try understood.get()
    }

    private static func refusal(
        _ id: RPCID,
        _ code: Int,
        _ message: String,
        _ problem: (pointer: String, message: String)
    ) -> RPCRefusal {
        var error = RPCError.invalidParams([Problem(pointer: problem.pointer, code: .rule, message: problem.message)])
        error.code = code
        error.message = message
        return RPCRefusal(id: id, error: error)
    }
}

/// Reads a method's parameters. `nil` if there are problems, which are then in the reading; a rejection if they are
/// well-formed and don't belong together.
typealias PartnerOperation = @Sendable (Reading, ClosureCatalogue) -> Result<Understood, Rejection>?

/// What a partner's message asks of a job.
struct Understood: Sendable {
    let reference: String
    /// For the journal: `notifyJob ON_SITE`.
    let name: String
    /// Leniencies of the reading.
    let warnings: [String]
    let decide: @Sendable (inout Change, ID<InstallationJob>, Owner) throws -> InstallationJob
}

/// A message under reading, and what was forgiven in it.
final class Reading {
    let params: ObjectReader
    private(set) var warnings: [String] = []

    init(_ params: ObjectReader) { self.params = params }

    func warn(_ warning: String) {
        if !warnings.contains(warning) { warnings.append(warning) }
    }
}
