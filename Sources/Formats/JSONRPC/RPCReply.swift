/// The replies to a JSON-RPC request, as bytes.
package enum RPCReply {
    /// `{}`: how a partner whose dialect is not JSON-RPC 2.0 acknowledges.
    package static let empty: [UInt8] = Array("{}".utf8)

    /// `{"jsonrpc":"2.0","id":…,"result":…}`. `result` writes exactly one element; if it writes none, it is `{}`.
    package static func success(_ id: RPCID, result: (inout JSONWriter) -> Void = { _ in }) -> [UInt8] {
        let written = JSONWriter.bytes(result)
        return JSONWriter.bytes { writer in
            writer.object { reply in
                reply.field("jsonrpc", "2.0")
                reply.id(id)
                reply.raw("result", written.isEmpty ? empty : written)
            }
        }
    }

    /// `{"jsonrpc":"2.0","id":…,"error":{"code":…,"message":…,"data":…}}`
    package static func failure(_ id: RPCID, _ error: RPCError) -> [UInt8] {
        JSONWriter.bytes { writer in
            writer.object { reply in
                reply.field("jsonrpc", "2.0")
                reply.id(id)
                reply.object("error") { object in
                    object.field("code", error.code)
                    object.field("message", error.message)
                    if let data = error.data { object.raw("data", data) }
                }
            }
        }
    }

    package static func failure(_ refusal: RPCRefusal) -> [UInt8] {
        failure(refusal.id, refusal.error)
    }
}
