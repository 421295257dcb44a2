import Crypto
import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import Storage

/// Carries KCIs to a tenant's Updates API: `POST {updates}/kcis` (G-070, G-078, G-080).
///
/// Delivered at least once: the KCI's id is the same on every attempt, as `Idempotency-Key` and as `webhook-id`.
package struct TenantCourier: Courier {
    private let directory: Directory
    private let call: OutboundCall
    /// The key of a tenant's webhook signature; `nil` where none was agreed.
    private let signingKey: @Sendable (TenantID) -> [UInt8]?
    private let missed: @Sendable (OutboxRow) async throws -> [Int64]

    /// - Parameter missed: which updates about the same entity the tenant did not get (``Exchange/missed(before:)``).
    package init(
        directory: Directory,
        call: OutboundCall,
        missed: @escaping @Sendable (OutboxRow) async throws -> [Int64],
        signingKey: @escaping @Sendable (TenantID) -> [UInt8]?
    ) {
        self.directory = directory
        self.call = call
        self.missed = missed
        self.signingKey = signingKey
    }

    package func carry(_ parcel: Parcel) async -> Delivered {
        guard case .tenant(let tenant) = parcel.recipient else {
            return Delivered(.refused(reason: "not a tenant's"))
        }
        // Its own fault, and mended by its own change: the KCI waits as for any tenant that cannot be reached.
        guard let endpoint = directory.tenant(tenant)?.updates else {
            return Delivered(.retry(reason: "the tenant has no updates endpoint"))
        }
        let request: OutboundRequest
        do {
            request = try await self.request(parcel, to: endpoint, of: tenant)
        } catch {
            return Delivered(.retry(reason: "ours: what was missed could not be read"))
        }
        let answer = await call.send(request)
        var exchanged = LoggedMessage.outbound(
            request,
            answer: answer,
            from: "gateway",
            to: parcel.recipient.key,
            contract: "tenant-updates",
            operation: parcel.message.operation,
            at: parcel.now
        )
        exchanged.entity = parcel.entity
        exchanged.messageID = parcel.messageID.rawValue
        return Delivered(Outcome(judging: answer), status: try? answer.get().status, exchanged: exchanged)
    }

    func request(_ parcel: Parcel, to endpoint: Endpoint, of tenant: TenantID) async throws -> OutboundRequest {
        let id = parcel.messageID.rawValue
        let isRedelivered = parcel.row.requeued != nil
        let body = KCIView.stamped(
            parcel.body,
            on: parcel.firstAttempt,
            // One that comes late says so, and its own gap was told by those before it.
            missed: isRedelivered ? [] : try await missed(parcel.row),
            isRedelivered: isRedelivered
        )
        let timestamp = String(Int64(parcel.now.timeIntervalSince1970))
        var headers = [
            ("Content-Type", parcel.contentType), ("Accept", "application/json"), ("X-Request-ID", id),
            ("X-Conversation-ID", parcel.conversation.rawValue), ("Idempotency-Key", id),
            ("X-Delivery-Attempt", String(parcel.attempt)), ("webhook-id", id), ("webhook-timestamp", timestamp),
        ]
        if let key = signingKey(tenant) {
            headers.append(("webhook-signature", Self.signature(of: body, id: id, timestamp: timestamp, key: key)))
        }
        let base = endpoint.url.hasSuffix("/") ? String(endpoint.url.dropLast()) : endpoint.url
        return OutboundRequest(method: .post, url: base + "/kcis", headers: headers, body: body)
    }

    /// Standard Webhooks: `v1,` and the HMAC-SHA256 of `id.timestamp.body` in Base64.
    static func signature(of body: [UInt8], id: String, timestamp: String, key: [UInt8]) -> String {
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: key))
        hmac.update(data: Array("\(id).\(timestamp).".utf8))
        hmac.update(data: body)
        return "v1," + Data(hmac.finalize()).base64EncodedString()
    }
}
