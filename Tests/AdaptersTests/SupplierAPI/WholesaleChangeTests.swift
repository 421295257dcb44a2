import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// The operator's end of amendments and cancellations (G-090, G-093, decisions 23 and 30).
@Suite struct WholesaleChangeTests {
    /// Updates about the order, in order, without those before the first `count`.
    private func told(_ bench: SupplyBench, after count: Int = 1) async throws -> [SupplyAnswer] {
        try await bench.outbox(.supplyOrder, 1)
            .filter { $0.content.recipient == .customer(id: "GATEWAY") }
            .dropFirst(count)
            .map { SupplyAnswer(status: 0, body: String(decoding: $0.content.body, as: UTF8.self)) }
    }

    /// Order 12, committed to its visit three days ahead.
    private func committed(_ bench: SupplyBench) async throws {
        let key = try await bench.reserve().reference
        _ = try await bench.order(key: key)
        await bench.advance(by: 60)
    }

    private func amend(_ bench: SupplyBench, _ more: String, as customer: String = "GATEWAY") async throws
        -> SupplyAnswer
    {
        let body = #"{"id":7,"orderId":12,\#(more)}"#
        return try await bench.send(.post, "/wholesale/v1/service-order-amendments", body, as: customer)
    }

    private func cancel(_ bench: SupplyBench, as customer: String = "GATEWAY") async throws -> SupplyAnswer {
        let body = #"{"id":8,"orderId":12,"reasonCode":"OTHER"}"#
        return try await bench.send(.post, "/wholesale/v1/service-order-cancellations", body, as: customer)
    }

    @Test func `a cancellation is taken in, and decided five minutes later`() async throws {
        try await SupplyBench.run { bench async throws in
            try await committed(bench)

            let answer = try await cancel(bench)
            #expect(answer.status == 202)
            #expect(answer.json["supplierReference"] as? String == "SO0000001-8")
            await bench.advance(by: 299)
            #expect(try await bench.census(.supplyOrder) == ["committed": 1])
            await bench.advance(by: 1)
            await bench.deliverInHouse()

            #expect(try await bench.census(.supplyOrder) == ["cancelled": 1])
            #expect(try await bench.census(.appointment) == ["cancelled": 1])
            let update = try #require(try await told(bench).first)
            #expect(update.json["reasonCode"] as? String == "CANCELLED")
            #expect(update.json["serviceOrderCancellationId"] as? Int == 8)
            #expect(update.json["serviceOrderCancellationReference"] as? String == "SO0000001-8")
        }
    }

    @Test func `past the point of no return a cancellation is refused`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.cease(on: "2026-03-02")
            await bench.advance(by: 60)
            #expect(try await bench.census(.supplyOrder) == ["in-progress": 1])

            #expect(try await cancel(bench).status == 202)
            await bench.advance(by: 300)

            let update = try #require(try await told(bench).first)
            #expect(update.json["reasonCode"] as? String == "CANCELLATION_REJECTED")
            #expect(try await bench.census(.supplyOrder) == ["in-progress": 1])
        }
    }

    @Test func `a cancellation that completion overtakes has had its answer`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.cease(on: "2026-03-02")
            await bench.advance(by: 60)
            await bench.advance(by: 120)
            #expect(try await cancel(bench).status == 202)
            await bench.advance(by: 240)
            #expect(try await bench.census(.supplyOrder) == ["completed": 1])
            await bench.advance(by: 60)

            #expect(try await told(bench).map { $0.json["reasonCode"] as? String } == ["COMPLETED"])
            #expect(try await cancel(bench).status == 422, "what has ended cannot be cancelled")
        }
    }

    @Test func `an amendment moves the visit, and the visit before is called off`() async throws {
        try await SupplyBench.run { bench async throws in
            try await committed(bench)
            let slot =
                #"{"timeslotStartDateTime":"2026-03-06T08:00:00Z","timeslotEndDateTime":"2026-03-06T13:00:00Z"}"#
            let key = try await bench.reserve(id: 2, slot: slot).reference

            #expect(try await amend(bench, #""appointmentSupplierReference":"\#(key)""#).status == 202)
            await bench.advance(by: 300)
            await bench.deliverInHouse()

            #expect(try await bench.census(.appointment) == ["cancelled": 1, "confirmed": 1])
            let update = try #require(try await told(bench).first)
            let entity = update.json["provideServiceOrder"] as? [String: Any]
            #expect(update.json["reasonCode"] as? String == "AMENDED")
            #expect(update.json["serviceOrderAmendmentId"] as? Int == 7)
            #expect(entity?["targetDate"] as? String == "2026-03-06")
            #expect(entity?["committedDate"] as? String == "2026-03-05", "what was promised stays")
            let jobs = try await bench.exchange.read { state in
                try [101, 102].map { try state.find(ID<InstallationJob>($0))?.pack.visit.slot.day.description }
            }
            #expect(jobs == ["2026-03-05", "2026-03-06"])
        }
    }

    @Test func `an order that waits for a visit is committed by an amendment that names one`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.order(key: nil)
            await bench.advance(by: 60)
            #expect(try await bench.census(.supplyOrder) == ["awaiting-information": 1])
            let key = try await bench.reserve().reference

            #expect(try await amend(bench, #""appointmentSupplierReference":"\#(key)""#).status == 202)
            await bench.advance(by: 300)

            #expect(try await bench.census(.supplyOrder) == ["committed": 1])
            #expect(try await told(bench).map { $0.json["reasonCode"] as? String } == ["AMENDED", "COMMITTED"])
        }
    }

    @Test func `a new phone keeps the old name, and the engineer hears of it`() async throws {
        try await SupplyBench.run { bench async throws in
            try await committed(bench)

            _ = try await amend(bench, #""primaryContact":{"phoneNumber":"+44 20 7946 0009"}"#)
            await bench.advance(by: 300)
            await bench.deliverInHouse()

            let job = try #require(try await bench.exchange.read { try $0.find(ID<InstallationJob>(102)) })
            #expect(job.pack.customer.name == "Asha Example")
            #expect(job.pack.customer.phoneNumber == "+44 20 7946 0009")
        }
    }

    @Test func `another day for a cease moves its day, and what was promised stays`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.cease(on: "2026-03-04")
            await bench.advance(by: 60)

            _ = try await amend(bench, #""requestedCompletionDate":"2026-03-05""#)
            await bench.advance(by: 300)
            await bench.advance(by: 48 * 3_600)
            #expect(try await bench.census(.supplyOrder) == ["committed": 1], "not on the day before")
            await bench.advance(by: 24 * 3_600)
            await bench.advance(by: 6 * 60)

            let updates = try await told(bench)
            let entity = updates.first?.json["ceaseServiceOrder"] as? [String: Any]
            #expect(updates.map { $0.json["reasonCode"] as? String } == ["AMENDED", "COMPLETED"])
            #expect(entity?["committedDate"] as? String == "2026-03-04")
            #expect(entity?["targetDate"] as? String == "2026-03-05")
        }
    }

    @Test func `a cancellation supersedes an amendment, whose visit is called off`() async throws {
        try await SupplyBench.run { bench async throws in
            try await committed(bench)
            let elsewhere =
                #"{"timeslotStartDateTime":"2026-03-06T08:00:00Z","timeslotEndDateTime":"2026-03-06T13:00:00Z"}"#
            let key = try await bench.reserve(id: 2, slot: elsewhere).reference
            _ = try await amend(bench, #""appointmentSupplierReference":"\#(key)""#)

            #expect(try await cancel(bench).status == 202)
            await bench.advance(by: 300)
            await bench.deliverInHouse()

            #expect(try await told(bench).map { $0.json["reasonCode"] as? String } == ["CANCELLED"])
            #expect(try await bench.census(.appointment) == ["cancelled": 2])
        }
    }

    @Test func `a second amendment while one is not decided is refused`() async throws {
        try await SupplyBench.run { bench async throws in
            try await committed(bench)
            #expect(try await amend(bench, #""notes":"Late""#).status == 202)

            let answer = try await amend(bench, #""notes":"Later""#)

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/orderId"])
        }
    }

    @Test func `another customer's order is as absent as one that never was`() async throws {
        try await SupplyBench.run { bench async throws in
            try await committed(bench)

            let foreign = [try await amend(bench, #""notes":"x""#, as: "RIVAL"), try await cancel(bench, as: "RIVAL")]
            let tenant = try await bench.send(
                .post,
                "/wholesale/v1/service-order-cancellations",
                #"{"id":8,"orderId":12,"reasonCode":"OTHER"}"#,
                tenant: "RIVAL"
            )
            let absent = try await bench.send(
                .post,
                "/wholesale/v1/service-order-cancellations",
                #"{"id":8,"orderId":13,"reasonCode":"OTHER"}"#
            )

            #expect((foreign + [tenant, absent]).map(\.status) == [404, 404, 404, 404])
            #expect(Set((foreign + [tenant, absent]).flatMap(\.messages)).count == 1)
        }
    }

    @Test func `everything wrong with an amendment is said at once`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.send(
                .post,
                "/wholesale/v1/service-order-amendments",
                #"{"id":0,"serviceCharacteristics":[{"name":"A"}],"primaryContact":{"phoneNumber":"none"}}"#
            )

            #expect(answer.status == 400)
            #expect(
                answer.pointers == [
                    "/id", "/orderId", "/primaryContact/phoneNumber", "/serviceCharacteristics/0/value",
                ]
            )
        }
    }
}
