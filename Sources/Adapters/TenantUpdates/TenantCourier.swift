import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Storage

/// Carries KCIs to a tenant's Updates API: `POST {updates}/kcis` (G-070, G-078, G-080).
///
/// Delivered at least once: the KCI's id is the same on every attempt, as `Idempotency-Key` and as `webhook-id`. An
/// endpoint that does not answer is left alone for a while, and its KCIs wait without being tried.
package struct TenantCourier: Courier {
    private let directory: Directory
    private let line: TenantLine
    private let breaker: CircuitBreaker
    /// The key with which KCIs are signed for a tenant that has none of its own; `nil`: they aren't.
    private let houseKey: [UInt8]?
    private let missed: @Sendable (OutboxRow) async throws -> [Int64]

    /// - Parameter missed: which updates about the same entity the tenant did not get (``Exchange/missed(before:)``).
    package init(
        directory: Directory,
        line: TenantLine,
        breaker: CircuitBreaker,
        houseKey: [UInt8]?,
        missed: @escaping @Sendable (OutboxRow) async throws -> [Int64]
    ) {
        self.directory = directory
        self.line = line
        self.breaker = breaker
        self.houseKey = houseKey
        self.missed = missed
    }

    package func carry(_ parcel: Parcel) async -> Delivered {
        guard case .tenant(let tenant) = parcel.recipient else {
            return Delivered(.refused(reason: "not a tenant's"))
        }
        // Its own fault, and mended by its own change: the KCI waits as for any tenant that cannot be reached.
        guard let terms = directory.tenant(tenant), let endpoint = terms.updates else {
            return Delivered(.retry(reason: "the tenant has no updates endpoint"))
        }
        if case .refused(let rest) = breaker.admit(endpoint.url) {
            return Delivered(.postponed(for: rest, reason: "nobody answers at the tenant's endpoint"))
        }
        let request: OutboundRequest
        do {
            request = try await self.request(parcel, to: endpoint, on: terms)
        } catch {
            return Self.unprepared(parcel, error)
        }
        let answer = await line.send(request, to: tenant, terms.updatesAccess)
        let change = note(answer, of: endpoint)
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
        return Delivered(
            Outcome(judging: answer),
            status: try? answer.get().status,
            exchanged: exchanged,
            changes: change.map { [$0] } ?? []
        )
    }

    /// Nothing was sent.
    private static func unprepared(_ parcel: Parcel, _ error: any Error) -> Delivered {
        guard error is UnreadableWebhookSecret else { return Delivered(internal: error, of: parcel) }
        return Delivered(.retry(reason: "the tenant's webhook secret cannot be opened: set it again"))
    }

    func request(_ parcel: Parcel, to endpoint: Endpoint, on terms: TenantTerms) async throws -> OutboundRequest {
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
        let keys = try signingKeys(terms)
        if !keys.isEmpty {
            let signatures = keys.map { WebhookKey.signature(of: body, id: id, timestamp: timestamp, key: $0) }
            headers.append(("webhook-signature", signatures.joined(separator: " ")))
        }
        return OutboundRequest(
            url: HTTPURL.join(endpoint.url, "/kcis"),
            headers: headers,
            body: body,
            party: parcel.recipient.key
        )
    }

    private struct UnreadableWebhookSecret: Error {}

    /// The newest first. A KCI is never sent with fewer signatures than were agreed.
    private func signingKeys(_ terms: TenantTerms) throws -> [[UInt8]] {
        guard let secrets = terms.webhookSecrets else { return houseKey.map { [$0] } ?? [] }
        return try secrets.map { secret in
            guard let key = line.open(secret).flatMap(WebhookKey.bytes) else { throw UnreadableWebhookSecret() }
            return key
        }
    }

    /// No answer, its own fault, and being asked to wait speak against an endpoint; whatever else it says, it lives.
    private func note(
        _ answer: Result<OutboundResponse, OutboundFailure>,
        of endpoint: Endpoint
    ) -> EndpointChange? {
        switch answer {
        case .failure(let failure) where failure.kind == .forbidden: breaker.answered(endpoint.url)
        case .failure: breaker.failed(endpoint.url)
        case .success(let response) where response.status == 429:
            breaker.failed(endpoint.url, restingFor: response.retryAfter)
        case .success(let response) where (500..<600).contains(response.status):
            breaker.failed(endpoint.url, restingFor: response.retryAfter)
        case .success: breaker.answered(endpoint.url)
        }
    }
}
