/// A JSON-RPC error object (specification 2.0, §5.1).
package struct RPCError: Error, Equatable, Sendable {
    package static let parseError = -32700
    package static let invalidRequest = -32600
    package static let methodNotFound = -32601
    package static let invalidParams = -32602
    package static let internalError = -32603

    package var code: Int
    package var message: String
    /// JSON that is already written.
    package var data: [UInt8]?

    package init(code: Int, message: String, data: [UInt8]? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// −32602 with every problem in `data`, so that a caller mends them all at once.
    package static func invalidParams(_ problems: [Problem]) -> RPCError {
        let data = JSONWriter.bytes { writer in writer.object { $0.problems(problems) } }
        return RPCError(code: invalidParams, message: "Invalid params", data: data)
    }

    /// The error object in a reply; nil if it is none.
    package init?(_ value: JSONValue) {
        guard let code = value["code"]?.integer else { return nil }
        self.code = Int(code)
        message = value["message"]?.string ?? ""
        data = value["data"].map { data in JSONWriter.bytes { $0.value(nil, data) } }
    }
}

/// An error that a request gets before anybody looked at what it asks, and whom to answer as far as that is known.
package struct RPCRefusal: Error, Equatable, Sendable {
    package var id: RPCID
    package var error: RPCError

    package init(id: RPCID, error: RPCError) {
        self.id = id
        self.error = error
    }
}

extension JSONWriter {
    /// `"problems": [{"pointer", "code", "message"}]`
    mutating func problems(_ problems: [Problem]) {
        array("problems") { array in
            for problem in problems {
                array.object { object in
                    object.field("pointer", problem.pointer)
                    object.field("code", problem.code.rawValue)
                    object.field("message", problem.message)
                }
            }
        }
    }
}
