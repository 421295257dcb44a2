import Domain
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

@Suite struct WholesaleOrderTests {
    @Test func `an order is acknowledged, uses its visit, and commits itself a minute later`() async throws {
        try await SupplyBench.run { bench async throws in
            let key = try await bench.reserve().reference
            let answer = try await bench.order(key: key)
            #expect(answer.status == 201)
            #expect(answer.json["status"] as? String == "ACKNOWLEDGED")
            #expect(answer.json["id"] as? Int == 12)
            #expect(try await bench.census(.appointment) == ["confirmed": 1])

            await bench.advance(by: 60)

            #expect(try await bench.census(.supplyOrder) == ["committed": 1])
            let rows = try await bench.outbox(.supplyOrder, 1)
            #expect(rows.map(\.content.message.operation) == ["KCI COMMITTED", "tell installationJob"])
            let update = SupplyAnswer(status: 0, body: String(decoding: rows[0].content.body, as: UTF8.self)).json
            #expect(update["sequenceNumber"] as? Int == 1)
            #expect(update["reasonCode"] as? String == "COMMITTED")
            let entity = update["provideServiceOrder"] as? [String: Any]
            #expect(entity?["id"] as? Int == 12)
            #expect(entity?["tenant"] as? String == "TENANT1")
            #expect(entity?["committedDate"] as? String == "2026-03-05")
            #expect(entity?["targetDate"] as? String == "2026-03-05")
        }
    }

    @Test func `everything wrong with an order is said at once`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.send(
                .post,
                "/wholesale/v1/service-orders",
                #"{"id":0,"orderType":"NOW","address":{"id":""},"primaryContact":{"name":"A","phoneNumber":"none"}}"#
            )
            #expect(answer.status == 400)
            #expect(
                answer.pointers == [
                    "/address/id", "/address/type", "/id", "/orderType", "/primaryContact/phoneNumber",
                    "/serviceOrderItem",
                ]
            )
        }
    }

    @Test func `an address outside the town is a reason to refuse`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.order(key: nil, address: #"{"id":"7","type":"UPRN"}"#)
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/address"])
            #expect(try await bench.census(.supplyOrder).isEmpty)
        }
    }

    @Test func `unknown, foreign, used and expired keys are refused in the same words`() async throws {
        try await SupplyBench.run { bench async throws in
            let elsewhere = #"{"id":"10090005001","type":"UPRN"}"#
            let foreign = try await bench.reserve(id: 1, address: elsewhere, as: "RIVAL").reference
            let used = try await bench.reserve(id: 2).reference
            #expect(try await bench.order(id: 1, key: used).status == 201)
            var refusals = [
                try await bench.order(id: 2, key: "UNKNOWN"),
                try await bench.order(id: 3, key: foreign, address: elsewhere),
                try await bench.order(id: 4, key: used),
            ]
            let expired = try await bench.reserve(id: 3).reference
            await bench.advance(by: 12 * 3_600)
            refusals.append(try await bench.order(id: 5, key: expired))

            #expect(refusals.map(\.status) == [422, 422, 422, 422])
            #expect(Set(refusals.flatMap(\.messages)).count == 1)
            #expect(refusals.allSatisfy { $0.pointers == ["/appointmentSupplierReference"] })
            #expect(try await bench.census(.supplyOrder).values.reduce(0, +) == 1)
        }
    }

    @Test func `an order sent twice is one order with one answer`() async throws {
        try await SupplyBench.run { bench async throws in
            let key = try await bench.reserve().reference
            let first = try await bench.order(key: key, request: "request-1")
            let again = try await bench.order(key: key, request: "request-1")
            #expect(first.status == 201)
            #expect(again.body == first.body)
            #expect(try await bench.census(.supplyOrder) == ["acknowledged": 1])
        }
    }

    @Test func `a customer's number names one order`() async throws {
        try await SupplyBench.run { bench async throws in
            #expect(try await bench.order(id: 12, key: nil).status == 201)
            #expect(try await bench.order(id: 12, key: nil).status == 422)
            #expect(try await bench.order(id: 12, key: nil, as: "RIVAL").status == 201)
        }
    }

    @Test func `another customer's order is as absent as one that never was`() async throws {
        try await SupplyBench.run { bench async throws in
            #expect(try await bench.order(id: 12, key: nil).status == 201)
            #expect(try await bench.send(.get, "/wholesale/v1/service-orders/12").status == 200)
            let foreign = try await bench.send(.get, "/wholesale/v1/service-orders/12", as: "RIVAL")
            let absent = try await bench.send(.get, "/wholesale/v1/service-orders/13", as: "RIVAL")
            #expect(foreign.status == 404)
            #expect(foreign.messages == absent.messages)
        }
    }

    @Test func `on whose behalf a gateway asks must be said`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.send(.get, "/wholesale/v1/service-orders/12", tenant: nil)
            #expect(answer.status == 400)
        }
    }

    @Test(arguments: [("OUTAGE", "RED"), ("PERFORMANCE", "AMBER"), ("STABILITY", "GREEN")])
    func `a test's result follows at once`(problem: String, outcome: String) async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.test(problem: problem)
            #expect(answer.status == 201)
            #expect(answer.json["status"] as? String == "IN_PROGRESS")

            await bench.fireTimers()

            let rows = try await bench.outbox(.lineTest, 1)
            let update = SupplyAnswer(status: 0, body: String(decoding: rows[0].content.body, as: UTF8.self)).json
            let entity = update["serviceTest"] as? [String: Any]
            #expect(update["reasonCode"] as? String == "COMPLETED")
            #expect((entity?["result"] as? [String: Any])?["outcome"] as? String == outcome)
        }
    }

    @Test func `a service that doesn't live cannot be tested`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.test(service: "S9999999")
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/serviceId"])
        }
    }
}
