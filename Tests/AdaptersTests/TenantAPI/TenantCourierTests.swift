import Crypto
import Domain
import Engine
import Foundation
import Logging
import Storage
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
    @Test func `every attempt carries the same identity, its own number, and a signature`() async throws {
        let endpoint = Endpoint(url: "http://127.0.0.1:9/updates")

        let request = try await withCourier { try await $0.request(parcel(attempt: 2), to: endpoint, of: "TENANT1") }

        #expect(request.url == "http://127.0.0.1:9/updates/kcis")
        let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
        #expect(headers["Idempotency-Key"] == "m-1")
        #expect(headers["X-Request-ID"] == "m-1")
        #expect(headers["X-Conversation-ID"] == "c-1")
        #expect(headers["X-Delivery-Attempt"] == "2")
        let signed = Array("m-1.1772442000.".utf8) + request.body
        let mac = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Array("key".utf8)))
        #expect(headers["webhook-signature"] == "v1,\(Data(mac).base64EncodedString())")
    }

    @Test func `a tenant without an endpoint keeps its updates`() async throws {
        let delivered = try await withCourier { await $0.carry(parcel(attempt: 1)) }

        #expect(delivered.exchanged == nil)
        guard case .retry = delivered.outcome else {
            Issue.record("it should wait")
            return
        }
    }

    private func withCourier<Value: Sendable>(_ body: (TenantCourier) async throws -> Value) async throws -> Value {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let call = try OutboundCall(policy: AddressPolicy(.loopbackOnly), logger: logger)
        let courier = TenantCourier(directory: Directory(), call: call, missed: { _ in [] }) { _ in
            Array("key".utf8)
        }
        let value = try await body(courier)
        await call.shutdown()
        return value
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
