import Domain
import Formats
import FoundationEssentials

/// A message of the operator as the installer reads it (I-008, X-28): `{id, sent, method, ref, content, response}`.
///
/// Leniently: what this engineer doesn't need may be wrong or absent, and is only remarked on.
struct JobDispatch: Equatable, Sendable {
    enum Content: Equatable, Sendable {
        case createJob(slot: TimeSlot?, vendor: String)
        case cancelJob
        /// Result 1 to 7 (I-041).
        case notifyJob(result: Int)
    }

    let number: Int64
    let ref: String
    let content: Content
    let problems: [String]

    /// - Throws: the JSON-RPC error to answer with.
    init(method: String, _ bytes: [UInt8]) throws(RPCRefusal) {
        let root: JSONValue
        do {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw RPCRefusal(id: .null, error: RPCError(code: RPCError.parseError, message: "Parse error: \(error)"))
        }
        let id: RPCID = root["id"]?.integer.map { .integer($0) } ?? .null
        guard let number = root["id"]?.integer, let named = root["method"]?.string, let ref = root["ref"]?.string,
            !ref.isEmpty, let content = root["content"], content.kind == .object
        else {
            throw Self.invalid(id, "A message has id, method, ref and content.")
        }
        guard named == method else { throw Self.invalid(id, "The path says \(method), the message another method.") }
        self.number = number
        self.ref = ref
        var problems = ["sent", "response"].filter { root[$0] == nil }.map { "\($0) is missing" }
        switch method {
        case "createJob":
            let slot = Self.slot(content["appointment"])
            if slot == nil { problems.append("appointment names no time") }
            for name in ["jobType", "serviceId", "orderReference", "productName", "customer", "address"]
            where content[name] == nil {
                problems.append("content.\(name) is missing")
            }
            self.content = .createJob(slot: slot, vendor: content["ont"]?["vendor"]?.string ?? "NOKIA")
        case "cancelJob":
            if content["reasonCode"]?.string == nil { problems.append("content.reasonCode is missing") }
            self.content = .cancelJob
        case "notifyJob":
            guard let result = root["response"]?["id"]?.integer, (1...7).contains(result) else {
                throw Self.invalid(id, "response.id is 1 to 7.")
            }
            self.content = .notifyJob(result: Int(result))
        case _:
            throw RPCRefusal(
                id: id,
                error: RPCError(code: RPCError.methodNotFound, message: "There is no method \(method).")
            )
        }
        self.problems = problems
    }

    private static func slot(_ appointment: JSONValue?) -> TimeSlot? {
        guard let appointment, let day = appointment["appointmentDate"]?.string.flatMap({ CivilDate($0) }),
            let from = appointment["appointmentStartTime"]?.string, let to = appointment["appointmentEndTime"]?.string
        else { return nil }
        return TimeSlot(day: day, from: from, to: to)
    }

    private static func invalid(_ id: RPCID, _ why: String) -> RPCRefusal {
        RPCRefusal(id: id, error: RPCError(code: RPCError.invalidRequest, message: why))
    }
}
