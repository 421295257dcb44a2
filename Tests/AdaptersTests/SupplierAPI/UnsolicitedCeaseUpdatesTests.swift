import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// Q-10: a supplier's CREATED founds an order; another tenant's, or another supplier's, is as absent as none.
@Suite struct UnsolicitedCeaseUpdatesTests {
    /// DUMMY_SUPPLIER is TENANT1's; RIVAL has none.
    private func withTenants(_ body: @Sendable @escaping (SupplyBench) async throws -> Void) async throws {
        try await SupplyBench.run { bench async throws in
            let theirs: [(String, [SupplierID])] = [("TENANT1", ["DUMMY_SUPPLIER"]), ("RIVAL", [])]
            for (name, suppliers) in theirs {
                let terms = TenantTerms(clients: [], suppliers: suppliers, buyerIdentifier: "BUYER-\(name)")
                try await bench.exchange.register(.tenant(id: TenantID(name), terms: terms))
            }
            try await body(bench)
        }
    }

    private func post(
        _ bench: SupplyBench,
        _ sequence: Int = 1,
        _ reason: String = "CREATED",
        tenant: String = "TENANT1",
        as supplier: String = "DUMMY_SUPPLIER"
    ) async throws -> SupplyAnswer {
        let body = """
            {"id":"01890000-0000-7000-8000-00000000000\(sequence)","sequenceNumber":\(sequence),\
            "issuedOn":"2026-03-02T09:00:00Z","reasonCode":"\(reason)","problemCode":"LINKED_ORDER_ISSUE",\
            "unsolicitedCeaseServiceOrder":{"tenant":"\(tenant)","supplierOrderReference":"SO0000077",\
            "serviceId":"S1000001","requestedCeaseDate":"2026-03-09","reason":"CHANGE_OF_CP"}}
            """
        return try await bench.send(.post, "/supplier/v1/kcis", body, as: supplier, audience: .supplierAPI)
    }

    @Test func `it founds an order of the tenant's, once`() async throws {
        try await withTenants { bench async throws in
            #expect(try await post(bench).status == 204)
            #expect(try await post(bench).status == 204)

            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
            let rows = try await bench.outbox(.serviceOrder, 1)
            #expect(rows.map(\.content.message.operation) == ["KCI CREATED"])
            #expect(rows.map(\.content.recipient) == [.tenant(id: "TENANT1")])
            let order = try #require(try await bench.exchange.read { try $0.find(ID<ServiceOrder>(1)) })
            #expect(order.request.type == .unsolicitedCease)
            #expect(order.supplierOrderNumber == "SO0000077")
        }
    }

    @Test func `later updates find it by the supplier's reference`() async throws {
        try await withTenants { bench async throws in
            _ = try await post(bench)
            #expect(try await post(bench, 2, "ACKNOWLEDGED").status == 204)
            #expect(try await post(bench, 3, "COMPLETED").status == 204)

            #expect(try await bench.census(.serviceOrder) == ["COMPLETED": 1])
        }
    }

    @Test func `a tenant that isn't this supplier's is as absent as one that never was`() async throws {
        try await withTenants { bench async throws in
            let rival = try await post(bench, tenant: "RIVAL")
            let nobody = try await post(bench, tenant: "NOBODY")
            let foreign = try await post(bench, as: "OTHER_SUPPLIER")

            #expect([rival, nobody, foreign].map(\.status) == [404, 404, 404])
            #expect(Set([rival, nobody, foreign].flatMap(\.messages)).count == 1)
            #expect(try await bench.census(.serviceOrder).isEmpty)
        }
    }

    @Test func `an update about one that nobody was told of is refused`() async throws {
        try await withTenants { bench async throws in
            #expect(try await post(bench, 2, "COMPLETED").status == 404)
        }
    }

    @Test func `everything that is missing is named`() async throws {
        try await withTenants { bench async throws in
            let body = """
                {"id":"01890000-0000-7000-8000-000000000001","issuedOn":"2026-03-02T09:00:00Z","reasonCode":"CREATED",\
                "unsolicitedCeaseServiceOrder":{"requestedCeaseDate":"soon"}}
                """
            let answer = try await bench.send(
                .post,
                "/supplier/v1/kcis",
                body,
                as: "DUMMY_SUPPLIER",
                audience: .supplierAPI
            )

            #expect(answer.status == 400)
            let member = "/unsolicitedCeaseServiceOrder"
            #expect(
                Set(answer.pointers).isSuperset(of: [
                    "\(member)/requestedCeaseDate", "\(member)/serviceId", "\(member)/supplierOrderReference",
                    "\(member)/tenant",
                ])
            )
        }
    }
}

/// The operator's end: whoever takes a line over ends it for whoever had it (G-052).
@Suite struct LineChangesHandsTests {
    private static let contact = #""primaryContact":{"name":"Asha Example","phoneNumber":"+44 20 7946 0000"}"#

    private func order(
        _ bench: SupplyBench,
        _ type: String,
        line: String,
        id: Int,
        on date: String,
        as customer: String
    ) async throws -> SupplyAnswer {
        let item =
            #"{"serviceSpecification":\#(SupplyBench.specification),"serviceCharacteristics":"#
            + #"[{"name":"LINE_ID","value":"\#(line)"}]}"#
        let body =
            #"{"id":\#(id),"orderType":"\#(type)","address":\#(SupplyBench.address),"serviceOrderItem":\#(item),"#
            + #""requestedCompletionDate":"\#(date)",\#(Self.contact)}"#
        return try await bench.send(.post, "/wholesale/v1/service-orders", body, as: customer)
    }

    /// GATEWAY has line S2000001; RIVAL orders its transfer for the 4th. The cease is order 3 and the transfer 2.
    private func transfer(_ bench: SupplyBench) async throws {
        _ = try await order(bench, "START", line: "LN-1", id: 1, on: "2026-03-02", as: "GATEWAY")
        await bench.advance(by: 60)
        await bench.advance(by: 6 * 60)
        let taken = try await order(bench, "TRANSFER", line: "S2000001", id: 1, on: "2026-03-04", as: "RIVAL")
        #expect(taken.status == 201)
    }

    private func told(_ bench: SupplyBench, _ number: Int64) async throws -> [SupplyAnswer] {
        try await bench.outbox(.supplyOrder, number)
            .filter { $0.content.recipient != .house }
            .map { SupplyAnswer(status: 0, body: String(decoding: $0.content.body, as: UTF8.self)) }
    }

    @Test func `who has the line is told, and it ends on the day`() async throws {
        try await SupplyBench.run { bench async throws in
            try await transfer(bench)
            let created = try #require(try await told(bench, 3).first)
            let entity = try #require(created.json["unsolicitedCeaseServiceOrder"] as? [String: Any])
            #expect(created.json["reasonCode"] as? String == "CREATED")
            #expect(entity["serviceId"] as? String == "S2000001")
            #expect(entity["requestedCeaseDate"] as? String == "2026-03-04")
            #expect(entity["id"] == nil, "the customer has no number for it yet")

            await bench.advance(by: 60)
            await bench.advance(by: 48 * 3_600)
            await bench.advance(by: 6 * 60)

            let reasons = try await told(bench, 3).map { $0.json["reasonCode"] as? String }
            #expect(reasons == ["CREATED", "COMMITTED", "COMPLETED"])
            #expect(try await bench.census(.supplyOrder) == ["completed": 3])
        }
    }

    @Test func `who objects in time keeps the line, and the other order fails`() async throws {
        try await SupplyBench.run { bench async throws in
            try await transfer(bench)
            await bench.advance(by: 60)

            let body = #"{"id":9,"orderId":55,"supplierOrderReference":"SO0000003","reasonCode":"END_USER_NOT_MOVING"}"#
            #expect(try await bench.send(.post, "/wholesale/v1/service-order-cancellations", body).status == 202)
            await bench.advance(by: 300)
            await bench.deliverInHouse()

            let cease = try await told(bench, 3).last
            let taker = try await told(bench, 2).last
            #expect(cease?.json["reasonCode"] as? String == "CANCELLED")
            #expect(cease?.json["serviceOrderCancellationId"] as? Int == 9)
            #expect(taker?.json["reasonCode"] as? String == "TERMINATED")
            #expect(taker?.json["problemCode"] as? String == "LINKED_ORDER_ISSUE")
        }
    }

    @Test func `a transfer that is withdrawn lets the line go`() async throws {
        try await SupplyBench.run { bench async throws in
            try await transfer(bench)
            await bench.advance(by: 60)

            let body = #"{"id":9,"orderId":1,"reasonCode":"OTHER"}"#
            let path = "/wholesale/v1/service-order-cancellations"
            #expect(try await bench.send(.post, path, body, as: "RIVAL").status == 202)
            await bench.advance(by: 300)
            await bench.deliverInHouse()

            #expect(try await told(bench, 3).last?.json["reasonCode"] as? String == "CANCELLED")
            #expect(try await bench.cease("S2000001", id: 40).status == 201, "the line is its tenant's as before")
        }
    }
}
