import Domain
import Formats
import HTTPTypes
import Logging
import Storage

extension ByteResponse {
    /// JSON-RPC's answer to a request that this program could not carry out: an internal error, which every partner takes for
    /// one that passes (G-132), under the request's own id, with a number for the person who asks and nothing of the cause.
    ///
    /// - Parameters:
    ///   - body: the request's.
    ///   - reference: the number under which the log knows it.
    ///   - failure: says in the log what failed, where it is a fault of ours and no trouble of the store's.
    init(failing error: any Error, _ body: [UInt8], reference: String, _ failure: Logger.Message, _ logger: Logger) {
        let isUnavailable = StoreUnavailable(error) != nil
        if !isUnavailable {
            logger.error(
                failure,
                metadata: ["pb-request": "\(reference)", "pb-error": "\(type(of: error)): \(error)"]
            )
        }
        let ours = RPCError(
            code: RPCError.internalError,
            message: isUnavailable ? StoreUnavailable.words : "Internal error",
            data: JSONWriter.bytes { $0.object { $0.field("reference", reference) } }
        )
        self.init(
            status: isUnavailable ? .serviceUnavailable : .ok,
            bytes: RPCReply.failure(RPCRefusal(id: RPCRequest.id(in: body), error: ours)),
            headers: isUnavailable ? StoreUnavailable.retryAfter : [:]
        )
    }
}

extension RPCRefusal {
    /// A body that could not be had: too large, or coded.
    init(_ error: APIError) {
        self.init(.null, notRequest: [Problem(pointer: "", code: .rule, message: error.message)])
    }
}
