import Formats
import HTTPTypes
import Storage

/// How each contract says that the store cannot take a request now: 503, when to come again, and nothing of the cause. A
/// repeat is safe: nothing was done.
extension StoreUnavailable {
    /// Long enough for a load to pass; what takes longer is asked for a few times more.
    static let retryAfterSeconds = 5

    static var retryAfter: HTTPFields { [.retryAfter: String(retryAfterSeconds)] }

    static let words = "The service cannot store anything at the moment, and nothing was done. Try again later."
}

extension APIError {
    /// nil if the error is no trouble of the store's.
    init?(unavailable error: any Error) {
        guard StoreUnavailable(error) != nil else { return nil }
        self.init(.serviceUnavailable, StoreUnavailable.words, headers: StoreUnavailable.retryAfter)
    }
}

extension ByteResponse {
    /// JSON-RPC: an internal error, which every partner takes for one that passes (G-132); nil if it is no trouble of the
    /// store's.
    init?(unavailable error: any Error, reference: String) {
        guard StoreUnavailable(error) != nil else { return nil }
        let ours = RPCError(
            code: RPCError.internalError,
            message: StoreUnavailable.words,
            data: JSONWriter.bytes { $0.object { $0.field("reference", reference) } }
        )
        self.init(
            status: .serviceUnavailable,
            bytes: RPCReply.failure(RPCRefusal(id: .null, error: ours)),
            headers: StoreUnavailable.retryAfter
        )
    }
}
