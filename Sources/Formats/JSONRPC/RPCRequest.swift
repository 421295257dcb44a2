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
    ///
    /// - Parameter check: what the contract at hand demands of an envelope beyond the specification; it reports to the
    ///   reader, so that everything that is wrong is named at once.
    package init(parsing bytes: [UInt8], check: (ObjectReader) -> Void = { _ in }) throws(RPCRefusal) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            throw RPCRefusal(malformed: error)
        }
        try self.init(document.root, check: check)
    }

    package init(_ value: JSONValue, check: (ObjectReader) -> Void = { _ in }) throws(RPCRefusal) {
        guard value.kind == .object else {
            let why = value.kind == .array ? "must be one request: batches are not taken" : "must be an object"
            throw RPCRefusal(.null, notRequest: [Problem(pointer: "", code: .wrongType, message: why)])
        }
        let problems = Problems()
        let reader = ObjectReader(value, problems: problems)
        id = Self.id(of: value, reader)
        isNotification = value["id"] == nil
        method = Self.method(of: value, reader)
        jsonrpc = value["jsonrpc"]?.string
        if value["jsonrpc"] != nil, jsonrpc == nil { reader.report(.wrongType, "jsonrpc", "must be a string") }
        let given = value["params"]
        if let given, given.kind != .object, given.kind != .array {
            reader.report(.wrongType, "params", "must be an object or an array")
        }
        check(reader)
        guard problems.isEmpty, let params = given ?? Self.noParams else {
            throw RPCRefusal(id, notRequest: problems.all)
        }
        self.params = params
    }

    /// What a request calls itself, as far as that can be read, whatever else is wrong with it.
    package static func id(in bytes: [UInt8]) -> RPCID {
        guard let id = (try? JSONDocument(parsing: bytes))?.root["id"] else { return .null }
        return id.string.map { .string($0) } ?? id.integer.map { .integer($0) } ?? .null
    }

    private static func id(of value: JSONValue, _ reader: ObjectReader) -> RPCID {
        guard let id = value["id"] else { return .null }
        switch id.kind {
        case .null: return .null
        case .string: return .string(id.string ?? "")
        case .integer:
            if let number = id.integer { return .integer(number) }
            reader.report(.outOfRange, "id", "is too large")
            return .null
        case .bool, .decimal, .array, .object:
            reader.report(.wrongType, "id", "must be an integer, a string or null")
            return .null
        }
    }

    private static func method(of value: JSONValue, _ reader: ObjectReader) -> String {
        guard let method = value["method"] else {
            reader.report(.missing, "method", "is missing")
            return ""
        }
        guard let name = method.string, !name.isEmpty else {
            reader.report(method.string == nil ? .wrongType : .empty, "method", "must be a string that says something")
            return ""
        }
        return name
    }

    private static var noParams: JSONValue? { try? JSONDocument(parsing: "{}").root }
}

extension RPCRefusal {
    /// −32700: in words where the bytes go wrong, and with a pointer where they have one.
    package init(malformed: MalformedJSON) {
        let data = JSONWriter.bytes { writer in
            writer.object { data in
                data.field("detail", malformed.description)
                guard let pointer = malformed.pointer else { return }
                data.problems([Problem(pointer: pointer, code: .rule, message: malformed.reason)])
            }
        }
        self.init(id: .null, error: RPCError(code: RPCError.parseError, message: "Parse error", data: data))
    }

    /// −32600 with everything that is wrong with the envelope.
    package init(_ id: RPCID, notRequest problems: [Problem]) {
        var error = RPCError.invalidParams(problems)
        error.code = RPCError.invalidRequest
        error.message = "Invalid Request"
        self.init(id: id, error: error)
    }
}
