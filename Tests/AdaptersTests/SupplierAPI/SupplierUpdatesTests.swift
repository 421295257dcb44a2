import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

@Suite struct SupplierUpdatesTests {
    private func post(
        _ bench: SupplyBench,
        _ body: String,
        as supplier: String = "DUMMY_SUPPLIER"
    ) async throws -> SupplyAnswer {
        try await bench.send(.post, "/supplier/v1/kcis", body, as: supplier, audience: .supplierAPI)
    }

    private func update(
        _ order: Int64,
        sequence: Int = 1,
        reason: String = "ACKNOWLEDGED",
        tenant: String = "TENANT1"
    ) -> String {
        """
        {"id":"01890000-0000-7000-8000-00000000000\(sequence)","sequenceNumber":\(sequence),\
        "issuedOn":"2026-03-02T09:00:00Z","reasonCode":"\(reason)","provideServiceOrder":{"id":\(order),\
        "tenant":"\(tenant)","supplierOrderReference":"SO0000001","committedDate":"2026-03-05",\
        "targetDate":"2026-03-05"}}
        """
    }

    @Test func `an update moves the order, and a repeat of it changes nothing`() async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()
            #expect(try await post(bench, update(order)).status == 204)
            let before = try await bench.outbox(.serviceOrder, order).count
            #expect(try await post(bench, update(order)).status == 204)
            #expect(try await bench.outbox(.serviceOrder, order).count == before)
            #expect(try await bench.census(.serviceOrder) == ["ACKNOWLEDGED": 1])
        }
    }

    @Test func `the supplier's reference alone finds the order`() async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()
            #expect(try await post(bench, update(order)).status == 204)
            let body = update(order, sequence: 2, reason: "COMMITTED").replacing(#""id":\#(order),"#, with: "")
            #expect(try await post(bench, body).status == 204)
            #expect(try await bench.census(.serviceOrder) == ["IN_PROGRESS": 1])
        }
    }

    @Test func `an unknown order, another supplier's and another tenant's are equally absent`() async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()
            let answers = [
                try await post(bench, update(order + 1)),
                try await post(bench, update(order), as: "OTHER_SUPPLIER"),
                try await post(bench, update(order, tenant: "RIVAL")),
            ]
            #expect(answers.map(\.status) == [404, 404, 404])
            #expect(Set(answers.flatMap(\.messages)).count == 1)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `an update is about exactly one entity`() async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()
            let two = update(order).replacing(
                #""provideServiceOrder""#,
                with: #""serviceTest":{"id":1},"provideServiceOrder""#
            )
            #expect(try await post(bench, two).status == 400)
        }
    }

    @Test func `an update that the order's state does not allow is refused, and changes nothing`() async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()
            let answer = try await post(bench, update(order, reason: "CREATED"))
            #expect(answer.status == 422)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `updates that come out of order are put in order`() async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()

            #expect(try await post(bench, update(order, sequence: 2, reason: "COMMITTED")).status == 204)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1], "it waits")
            #expect(try await post(bench, update(order, sequence: 1)).status == 204)

            #expect(try await bench.census(.serviceOrder) == ["IN_PROGRESS": 1])
            let told = try await bench.outbox(.serviceOrder, order).map(\.content.message.operation)
            #expect(told == ["POST /service-orders", "KCI UPDATE", "KCI ACKNOWLEDGED", "KCI COMMITTED"])
        }
    }

    @Test func `what is missing is waited for five seconds, and told when it comes late`() async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()
            #expect(try await post(bench, update(order, sequence: 2, reason: "COMMITTED")).status == 204)

            await bench.advance(by: 4)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
            await bench.advance(by: 1)
            #expect(try await bench.census(.serviceOrder) == ["IN_PROGRESS": 1])
            #expect(try await post(bench, update(order, sequence: 1)).status == 204)

            let row = try #require(try await bench.outbox(.serviceOrder, order).last)
            #expect(row.content.message.operation == "KCI UPDATE")
            #expect(try await bench.census(.serviceOrder) == ["IN_PROGRESS": 1])
        }
    }

    @Test func `a decision about another tenant's request is as absent as its order`() async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()
            let body = update(order, reason: "AMENDED", tenant: "RIVAL")
                .replacing(#""provideServiceOrder""#, with: #""serviceOrderAmendmentId":1,"provideServiceOrder""#)

            #expect(try await post(bench, body).status == 404)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `a decision about a request that nobody made is refused`() async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()
            let body = update(order, reason: "CANCELLATION_REJECTED")
                .replacing(#""provideServiceOrder""#, with: #""serviceOrderCancellationId":1,"provideServiceOrder""#)

            #expect(try await post(bench, body).status == 422)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test(arguments: [
        "ceaseServiceOrder", "modifyServiceOrder", "provideEthernetServiceOrder", "unsolicitedCeaseServiceOrder",
    ])
    func `an update under the name of another type of order contradicts itself`(member: String) async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()
            let body = update(order).replacing("provideServiceOrder", with: member)

            let answer = try await post(bench, body)

            #expect(answer.status == 422)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `an update with the reference of another order contradicts itself`() async throws {
        try await SupplyBench.run { bench async throws in
            let first = try await bench.givenOrder()
            let second = try await bench.givenOrder()
            #expect(try await post(bench, update(first)).status == 204)

            #expect(try await post(bench, update(second, sequence: 2)).status == 422)
            #expect(
                try await post(bench, update(second + 1, sequence: 3)).status == 404,
                "one that isn't there is absent"
            )

            #expect(try await bench.census(.serviceOrder) == ["ACKNOWLEDGED": 1, "RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `a reference that is a number is its digits`() async throws {
        try await SupplyBench.run { bench async throws in
            let order = try await bench.givenOrder()

            #expect(try await post(bench, update(order).replacing(#""SO0000001""#, with: "700123")).status == 204)

            let found = try #require(try await bench.exchange.read { try $0.find(ID<ServiceOrder>(order)) })
            #expect(found.supplierOrderNumber == "700123")
        }
    }

    @Test func `a reference that is given twice is an alert`() async throws {
        try await SupplyBench.run { bench async throws in
            let first = try await bench.givenOrder()
            let second = try await bench.givenOrder()
            for order in [first, second] {
                try await bench.exchange.tell(
                    .serviceOrder(
                        id: ID(order),
                        input: .supplierAcknowledged(
                            reference: "SO0000001",
                            committedDate: nil,
                            targetDate: nil,
                            status: .acknowledged
                        )
                    ),
                    Cause("reply", by: "supplier/DUMMY_SUPPLIER")
                )
            }

            let entity = EntityRef(kind: .serviceOrder, number: second)
            let entries = try await bench.exchange.read { try $0.journal(of: entity, limit: 10) }
            let alert = try #require(entries.first { $0.cause == "alert reference-used-twice" })
            #expect(alert.note?.contains("serviceOrder/\(first)") == true)
            // By the reference alone nobody can say which is meant.
            let body = update(second, reason: "COMMITTED").replacing(#""id":\#(second),"#, with: "")
            #expect(try await post(bench, body).status == 422)
        }
    }

    @Test func `a customer's token is none of a supplier's`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.send(.post, "/supplier/v1/kcis", "{}", as: "GATEWAY")
            #expect(answer.status == 401)
        }
    }
}
