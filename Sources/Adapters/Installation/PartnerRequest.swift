import Formats

/// The envelope of what a partner sends (I-007).
enum PartnerRequest {
    /// - Parameter id: `nil` in the commit, where the outbox number isn't known yet (``DispatchMessage/numbered(_:_:)``).
    static func bytes(id: Int64?, method: String, params: (inout JSONWriter) -> Void) -> [UInt8] {
        JSONWriter.bytes { writer in
            writer.object { request in
                request.field("id", id)
                request.field("jsonrpc", "2.0")
                request.field("method", method)
                request.object("params", params)
            }
        }
    }
}
