/// A JSON-RPC request as far as the envelope goes.
///
/// Whether `jsonrpc` must be there is for the contract to say: not every partner's dialect has it, so it is only read.
package struct RPCRequest: Sendable {
    package let id: RPCID
    /// The request had no `id` at all, so by the specification it wants no answer.
    package let isNotification: Bool
    package let method: String
    /// An object or an array; an empty object if the request has none.
    package let params: JSONValue
    package let jsonrpc: String?

    /// Refuses with −32700 what is no JSON, and with −32600 what is no request, batches among it.
    package init(parsing bytes: [UInt8]) throws(RPCRefusal) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            throw RPCRefusal(
                id: .null,
                error: RPCError(
                    code: RPCError.parseError,
                    message: "Parse error",
                    data: Self.explained(error.description)
                )
            )
        }
        try self.init(document.root)
    }

    package init(_ value: JSONValue) throws(RPCRefusal) {
        switch value.kind {
        case .object: break
        case .array: throw Self.invalid(.null, "Batches are not taken.")
        case .null, .bool, .integer, .decimal, .string: throw Self.invalid(.null, "A request is an object.")
        }
        let id = try Self.id(of: value)
        guard let method = value["method"]?.string, !method.isEmpty else {
            throw Self.invalid(id, "A request has a method, which is a string.")
        }
        if let jsonrpc = value["jsonrpc"], jsonrpc.string == nil { throw Self.invalid(id, "jsonrpc is a string.") }
        self.id = id
        self.method = method
        isNotification = value["id"] == nil
        jsonrpc = value["jsonrpc"]?.string
        params = try Self.params(of: value, id)
    }

    private static func id(of value: JSONValue) throws(RPCRefusal) -> RPCID {
        guard let id = value["id"] else { return .null }
        switch id.kind {
        case .null: return .null
        case .string: return .string(id.string ?? "")
        case .integer:
            guard let number = id.integer else { throw invalid(.null, "The id is too large.") }
            return .integer(number)
        case .bool, .decimal, .array, .object: throw invalid(.null, "An id is an integer, a string or null.")
        }
    }

    private static func params(of value: JSONValue, _ id: RPCID) throws(RPCRefusal) -> JSONValue {
        guard let params = value["params"] else {
            do {
                return try JSONDocument(parsing: "{}").root
            } catch {
                throw invalid(id, "There are no params.")
            }
        }
        guard params.kind == .object || params.kind == .array else {
            throw invalid(id, "params is an object or an array.")
        }
        return params
    }

    private static func invalid(_ id: RPCID, _ why: String) -> RPCRefusal {
        RPCRefusal(
            id: id,
            error: RPCError(code: RPCError.invalidRequest, message: "Invalid Request", data: explained(why))
        )
    }

    private static func explained(_ why: String) -> [UInt8] {
        JSONWriter.bytes { writer in writer.object { $0.field("detail", why) } }
    }
}
