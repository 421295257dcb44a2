import Formats
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The gateway's end of the Supplier Updates API while a supplier is examined: it takes everything, and keeps it.
///
/// `POST /token` gives a token to anybody, for the supplier under examination has no account here.
package final class UpdatesReceiver: Sendable {
    /// A hundred times what an examination causes: who tells more is not listened to.
    private static let updatesMax = 2_000
    private static let token = "a-token-of-the-examination"

    private let heard = Mutex<[HeardUpdate]>([])

    package init() {}

    package func addRoutes(to router: Router<BasicContext>) {
        router.post("kcis", use: receive)
        router.post("token") { [self] _, _ in grant() }
    }

    /// In the order of their coming.
    var updates: [HeardUpdate] { heard.withLock(\.self) }

    private func receive(request: Request, context: BasicContext) async throws -> ByteResponse {
        let body = try await RequestBody.collect(request)
        let authorization = request.headers[.authorization]
        let isTaken = heard.withLock { heard in
            guard heard.count < Self.updatesMax else { return false }
            let isTaken = !heard.isEmpty
            heard.append(HeardUpdate(body, authorization: authorization, isTaken: isTaken))
            return isTaken
        }
        return ByteResponse(status: isTaken ? .noContent : .serviceUnavailable, bytes: [])
    }

    private func grant() -> ByteResponse {
        ByteResponse(
            bytes: JSONWriter.bytes { json in
                json.object { json in
                    json.field("access_token", Self.token)
                    json.field("token_type", "Bearer")
                    json.field("expires_in", 3_600)
                }
            }
        )
    }
}
