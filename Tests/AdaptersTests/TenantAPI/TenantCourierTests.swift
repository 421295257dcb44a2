import Crypto
import Domain
import Engine
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Adapters

@Suite struct KCISpellingTests {
    @Test func `a committed order is told in three updates of one commit, in order`() async throws {
        try await TenantBench.run { bench in
            let placed = try await bench.post("/v1/service-orders", TenantSample.order())
            try await bench.exchange.tell(
                .serviceOrder(
                    id: ID(Int64(placed.id)),
                    input: .supplierAcknowledged(
                        reference: "SUP-1",
                        committedDate: CivilDate("2026-03-09"),
                        targetDate: nil,
                        status: .inProgress
                    )
                ),
                Cause("reply", by: "house")
            )

            let sent = try await bench.outbox(.serviceOrder, placed.id).filter {
                $0.content.recipient == .tenant(id: "TENANT1")
            }

            #expect(sent.map(\.content.message.operation) == ["KCI UPDATE", "KCI ACKNOWLEDGED", "KCI COMMITTED"])
            let last = try #require(sent.last)
            let id = last.content.messageID.rawValue
            #expect(
                String(decoding: last.content.body, as: UTF8.self) == """
                    {"id":"\(id)","supplier":"DUMMY_SUPPLIER","sequenceNumber":3,"updateType":"INFORMATIONAL",\
                    "entityType":"PROVIDE_ORDER","entity":{"id":\(placed.id),"orderType":"NEW","status":"IN_PROGRESS",\
                    "supplier":"DUMMY_SUPPLIER","supplierOrderNumber":"SUP-1","address":{"id":"10090000001",\
                    "type":"UPRN"},"serviceOrderItem":{"serviceSpecification":{"id":"ftthl2r"},\
                    "serviceCharacteristics":[{"name":"LINE_PROFILE","value":"1G1G"}]},"primaryContact":\
                    {"name":"Ada Example","email":"ada@example.com","phoneNumber":"+44 20 7946 0001"},\
                    "committedDate":"2026-03-09","targetDate":"2026-03-09","created":"2026-03-02T09:00:00Z",\
                    "updated":"2026-03-02T09:00:00Z"},"information":{"type":"COMMITTED"}}
                    """
            )
        }
    }

    @Test func `the first delivery is stamped into the frozen body`() {
        let body = KCIView.stamped(Array(#"{"id":"1"}"#.utf8), on: TenantBench.start)

        #expect(String(decoding: body, as: UTF8.self) == #"{"deliveredOn":"2026-03-02T09:00:00Z","id":"1"}"#)
    }
}

@Suite struct TenantCourierTests {
    private static let box = SecretBox(key: [UInt8](repeating: 7, count: SecretBox.keyBytes))
    private static let endpoint = Endpoint(url: "https://tenant.invalid/updates")

    @Test func `every attempt carries the same identity, its own number, and a signature`() async throws {
        let bench = CourierBench()

        _ = await bench.courier(on: Self.terms(), houseKey: Array("key".utf8)).carry(parcel(attempt: 2))

        let request = try #require(bench.plain.first)
        #expect(request.url == "https://tenant.invalid/updates/kcis")
        let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
        #expect(headers["Idempotency-Key"] == "m-1")
        #expect(headers["X-Request-ID"] == "m-1")
        #expect(headers["X-Conversation-ID"] == "c-1")
        #expect(headers["X-Delivery-Attempt"] == "2")
        #expect(headers["webhook-signature"] == Self.signature(request.body, key: Array("key".utf8)))
    }

    @Test func `while a secret is rotated, a KCI has the signatures of both, the newest first`() async throws {
        let bench = CourierBench()
        let box = try #require(Self.box)
        let (old, new) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        var terms = Self.terms()
        for key in [old, new] { terms.addWebhookSecret(try box.seal(WebhookKey.spelt(key))) }

        _ = await bench.courier(on: terms, houseKey: Array("key".utf8)).carry(parcel(attempt: 1))
        terms.keepNewestWebhookSecret()
        _ = await bench.courier(on: terms, houseKey: Array("key".utf8)).carry(parcel(attempt: 1))

        let signatures = bench.plain.map { request in
            request.headers.first { $0.name == "webhook-signature" }?.value.split(separator: " ").map(String.init)
        }
        let body = try #require(bench.plain.first?.body)
        let expected = [new, old].map { Self.signature(body, key: $0) }
        #expect(signatures == [expected, [expected[0]]])
    }

    @Test func `with a secret that cannot be opened nothing is sent`() async throws {
        let bench = CourierBench()
        var terms = Self.terms()
        terms.addWebhookSecret(SealedSecret(sealed: "AAAA"))

        let delivered = await bench.courier(on: terms).carry(parcel(attempt: 1))

        #expect(bench.plain.isEmpty)
        #expect(delivered.isRetried)
    }

    @Test func `a tenant that wants Basic is shown user and password, and the log is not`() async throws {
        let bench = CourierBench()
        let box = try #require(Self.box)
        let access = UpdatesAccess.basic(user: "us", password: try box.seal("pass word"))

        let delivered = await bench.courier(on: Self.terms(access)).carry(parcel(attempt: 1))

        let shown = bench.plain.first?.headers.first { $0.name == "Authorization" }?.value
        #expect(shown == "Basic " + Data("us:pass word".utf8).base64EncodedString())
        #expect(delivered.exchanged?.requestHeaders["authorization"] == nil)
    }

    @Test func `a tenant that wants our certificate gets it, and no other does`() async throws {
        let bench = CourierBench()

        _ = await bench.courier(on: Self.terms(.mutualTLS)).carry(parcel(attempt: 1))
        _ = await bench.courier(on: Self.terms()).carry(parcel(attempt: 1))

        #expect(bench.certified.count == 1)
        #expect(bench.plain.count == 1)
    }

    @Test func `a tenant that wants a token gets one, asked for once`() async throws {
        let bench = CourierBench()
        let box = try #require(Self.box)
        let access = UpdatesAccess.oauth2(
            tokenURL: "https://tenant.invalid/token",
            clientID: "gateway",
            secret: try box.seal("s3cret"),
            scope: "kcis"
        )
        let courier = bench.courier(on: Self.terms(access))

        _ = await courier.carry(parcel(attempt: 1))
        _ = await courier.carry(parcel(attempt: 2))

        #expect(bench.plain.map(\.url).map { $0.suffix(5) } == ["token", "/kcis", "/kcis"])
        #expect(String(decoding: bench.plain[0].body, as: UTF8.self).contains("scope=kcis"))
        let shown = bench.plain.dropFirst().map { $0.headers.first { $0.name == "Authorization" }?.value }
        #expect(shown == ["Bearer t-1", "Bearer t-1"])
    }

    @Test func `an endpoint that does not answer is left alone, and its updates are not counted as tried`() async throws
    {
        let bench = CourierBench()
        bench.answer(with: 503)
        let courier = bench.courier(on: Self.terms())
        for attempt in 1...5 { #expect(await courier.carry(parcel(attempt: attempt)).isRetried) }

        let resting = await courier.carry(parcel(attempt: 1))
        bench.clock.advance(by: .seconds(10))
        bench.answer(with: 204)
        let probe = await courier.carry(parcel(attempt: 1))

        guard case .postponed(let rest, _) = resting.outcome else {
            Issue.record("it should not be tried")
            return
        }
        #expect(rest == .seconds(10))
        #expect(resting.exchanged == nil)
        #expect(bench.plain.count == 6)
        #expect(probe.status == 204)
    }

    @Test func `an endpoint that asks for time gets it, for all of its updates`() async throws {
        let bench = CourierBench()
        bench.answer(with: 429, headers: ["Retry-After": "30"])
        let courier = bench.courier(on: Self.terms())

        let first = await courier.carry(parcel(attempt: 1))
        let second = await courier.carry(parcel(attempt: 1))

        guard case .retry(_, let after) = first.outcome, case .postponed(let rest, _) = second.outcome else {
            Issue.record("both should wait")
            return
        }
        #expect(after == .seconds(30) && rest == .seconds(30))
    }

    @Test func `a refusal says that the endpoint lives`() async throws {
        let bench = CourierBench()
        bench.answer(with: 400)
        let courier = bench.courier(on: Self.terms())

        for _ in 1...9 { _ = await courier.carry(parcel(attempt: 1)) }

        #expect(bench.plain.count == 9)
    }

    @Test func `a tenant without an endpoint keeps its updates`() async throws {
        let bench = CourierBench()
        var terms = Self.terms()
        terms.updates = nil

        let delivered = await bench.courier(on: terms).carry(parcel(attempt: 1))

        #expect(delivered.exchanged == nil)
        #expect(delivered.isRetried)
    }

    private static func terms(_ access: UpdatesAccess? = nil) -> TenantTerms {
        var terms = TenantTerms(clients: [], updates: endpoint, suppliers: [], buyerIdentifier: "BUYER1")
        terms.updatesAccess = access
        return terms
    }

    private static func signature(_ body: [UInt8], key: [UInt8]) -> String {
        let signed = Array("m-1.1772442000.".utf8) + body
        return "v1,"
            + Data(HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: key)))
            .base64EncodedString()
    }

    private func parcel(attempt: Int) -> Parcel {
        let content = NewOutboxRow(
            recipient: .tenant(id: "TENANT1"),
            root: EntityRef(kind: .serviceOrder, number: 1),
            entity: EntityRef(kind: .serviceOrder, number: 1),
            messageID: "m-1",
            message: .kci(KCI(sequence: 1, content: .error(code: "SUPPLIER_FAULT", messages: []))),
            contentType: "application/json",
            body: Array(#"{"id":"m-1"}"#.utf8),
            conversation: "c-1",
            created: TenantBench.start
        )
        let row = OutboxRow(
            number: 1,
            content: content,
            state: .queued,
            attempts: attempt - 1,
            firstAttempt: TenantBench.start,
            lastError: nil
        )
        return Parcel(row: row, attempt: attempt, firstAttempt: TenantBench.start, now: TenantBench.start)
    }
}

extension Delivered {
    fileprivate var isRetried: Bool {
        switch outcome {
        case .retry, .unreachable: true
        case .delivered, .postponed, .refused: false
        }
    }
}

/// A tenant's endpoint that is played, and what came to it.
private final class CourierBench: Sendable {
    private struct State {
        var plain: [OutboundRequest] = []
        var certified: [OutboundRequest] = []
        var answer = OutboundResponse(status: 204)
    }

    let clock = SteppedClock()
    private let state = Mutex(State())

    var plain: [OutboundRequest] { state.withLock { $0.plain } }
    var certified: [OutboundRequest] { state.withLock { $0.certified } }

    func answer(with status: Int, headers: [String: String] = [:]) {
        state.withLock { $0.answer = OutboundResponse(status: status, headers: headers) }
    }

    func courier(on terms: TenantTerms, houseKey: [UInt8]? = nil) -> TenantCourier {
        let time = TimeSource(isVirtual: false) { TenantBench.start }
        let party = Party(id: ID(1), role: .tenant(id: "TENANT1", terms: terms), at: TenantBench.start)
        return TenantCourier(
            directory: Directory([party]),
            line: TenantLine(
                secrets: SecretBox(key: [UInt8](repeating: 7, count: SecretBox.keyBytes)),
                time: time,
                plain: { request in
                    self.state.withLock { state in
                        state.plain.append(request)
                        guard request.url.hasSuffix("/token") else { return .success(state.answer) }
                        let grant = #"{"access_token":"t-1","token_type":"Bearer","expires_in":3600}"#
                        return .success(OutboundResponse(status: 200, body: Array(grant.utf8)))
                    }
                },
                withCertificate: { request in
                    self.state.withLock { state in
                        state.certified.append(request)
                        return .success(state.answer)
                    }
                }
            ),
            breaker: CircuitBreaker(time: time) { [clock] in clock.now },
            houseKey: houseKey,
            missed: { _ in [] }
        )
    }
}
