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
