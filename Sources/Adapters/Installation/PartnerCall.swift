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
        let request = try RPCRequest(parsing: bytes) { Self.check($0, pathMethod: pathMethod) }
        guard case .integer(let id) = request.id else { throw RPCRefusal(request.id, notRequest: []) }
        self.id = id
        method = request.method
        params = request.params
    }

    /// What this contract demands of an envelope beyond JSON-RPC; each field is named once.
    static func check(_ envelope: ObjectReader, pathMethod: String?) {
        func isReported(_ key: String) -> Bool {
            envelope.problems.all.contains { $0.pointer == envelope.pointer(to: key) }
        }
        if !isReported("id") { _ = envelope.requiredInteger("id") }
        if !isReported("jsonrpc"), let version = envelope.requiredString("jsonrpc"), version != "2.0" {
            envelope.report(.notAllowed, "jsonrpc", "must be \"2.0\"")
        }
        if let pathMethod, !isReported("method"), envelope.value("method")?.string != pathMethod {
            envelope.report(.rule, "method", "must be the method that the path names")
        }
    }

    /// What the message asks, or everything that is wrong with it.
    func understood(by profile: InstallationProfile, with data: InstallationData) throws -> Understood {
        guard let operation = Installation.operations[method] else {
            let known = Installation.operations.keys.sorted().joined(separator: ", ")
            throw RPCRefusal(.integer(id), unknownMethod: "must be one of: \(known)")
        }
        let problems = Problems()
        let reading = Reading(ObjectReader(params, at: "/params", problems: problems), by: profile, with: data)
        let understood = operation(reading)
        guard problems.isEmpty, let understood else {
            throw RPCRefusal(id: .integer(id), error: .invalidParams(problems.all))
        }
        var asked = try understood.get()
        asked.warnings = reading.leniencies.all.map(\.description)
        return asked
    }
}

extension RPCRefusal {
    /// −32601.
    init(_ id: RPCID, unknownMethod why: String) {
        var error = RPCError.invalidParams([Problem(pointer: "/method", code: .notAllowed, message: why)])
        error.code = RPCError.methodNotFound
        error.message = "Method not found"
        self.init(id: id, error: error)
    }
}

/// Reads a method's parameters. `nil` if there are problems, which are then in the reading; a rejection if they are
/// well-formed and don't belong together.
typealias PartnerOperation = @Sendable (Reading) -> Result<Understood, Rejection>?

/// What a partner's message asks of a job.
struct Understood: Sendable {
    let reference: String
    /// For the journal: `notifyJob ON_SITE`.
    let name: String
    /// Leniencies of the reading.
    var warnings: [String] = []
    let decide: @Sendable (inout Change, ID<InstallationJob>, Owner) throws -> Decided

    init(
        reference: String,
        name: String,
        decide: @escaping @Sendable (inout Change, ID<InstallationJob>, Owner) throws -> Decided
    ) {
        self.reference = reference
        self.name = name
        self.decide = decide
    }
}

/// What became of it, and what somebody should look at.
struct Decided: Sendable {
    let job: InstallationJob
    var warnings: [String] = []
}

/// A message under reading: by whose profile, with which tables, and what was forgiven in it.
final class Reading {
    let params: ObjectReader
    let profile: InstallationProfile
    let data: InstallationData
    let leniencies: Leniencies

    init(_ params: ObjectReader, by profile: InstallationProfile, with data: InstallationData) {
        self.params = params
        self.profile = profile
        self.data = data
        leniencies = Leniencies(isStrict: profile.isStrict)
    }
}
