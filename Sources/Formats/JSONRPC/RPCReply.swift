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

    /// The same reply to the same request under another id; what is no JSON-RPC 2.0 reply has none, and stays as it is.
    package static func renumbered(_ reply: [UInt8], _ id: RPCID) -> [UInt8] {
        guard let root = try? JSONDocument(parsing: reply).root, root["jsonrpc"] != nil else { return reply }
        return JSONWriter.bytes { writer in
            writer.object { object in
                for (key, value) in root.members {
                    if key == "id" { object.id(id) } else { object.value(key, value) }
                }
            }
        }
    }

    package static func failure(_ refusal: RPCRefusal) -> [UInt8] {
        failure(refusal.id, refusal.error)
    }
}
