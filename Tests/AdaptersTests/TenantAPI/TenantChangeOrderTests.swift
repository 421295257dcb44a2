import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// F-012, F-013, F-030 to F-032, G-056, G-061, X-40, X-41, X-49.
@Suite struct TenantAmendOrderTests {
    @Test func `an amendment is accepted, stored, and on its way to the supplier in one commit`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()
            let body = #"{"orderId":\#(order),"primaryContact":{"phoneNumber":"+44 20 7946 0009"},"notes":"Late"}"#

            let answer = try await bench.post("/v1/service-order-amendments", body)
            let read = try await bench.get("/v1/service-order-amendments/\(answer.id)")

            #expect(answer.status == 201)
            #expect(answer.headers[.location] == "/v1/service-order-amendments/\(answer.id)")
            #expect(
                answer.body == """
                    {"id":\(answer.id),"status":"RECEIVED_BY_GATEWAY","orderId":\(order),"supplier":"DUMMY_SUPPLIER",\
                    "primaryContact":{"phoneNumber":"+44 20 7946 0009"},"notes":"Late",\
                    "created":"2026-03-02T09:00:00Z","updated":"2026-03-02T09:00:00Z"}
                    """
            )
            #expect(read.body == answer.body)
            let rows = try await bench.outbox(.changeRequest, answer.id)
            #expect(rows.map(\.content.message) == [.amendmentRequested(order: ID(Int64(order)))])
            #expect(
                rows.map(\.content.root) == [EntityRef(kind: .serviceOrder, number: Int64(order))],
                "the order's lane"
            )
        }
    }

    @Test func `everything wrong with an amendment is named at once, and nothing is stored`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()
            let broken = """
                {"orderId":\(order),"supplier":"NOBODY","serviceCharacteristics":[],"primaryContact":{},
                 "secondaryContact":{"phoneNumber":"call me"},"appointmentReservationId":0,
                 "requestedCompletionDate":"2026-02-30","engineerTasks":["PAINT"],"hazards":7}
                """

            let answer = try await bench.post("/v1/service-order-amendments", broken)

            #expect(answer.status == 400)
            #expect(answer.code == "INVALID_REQUEST")
            #expect(
                answer.pointers == [
                    "/appointmentReservationId", "/engineerTasks/0", "/hazards", "/primaryContact",
                    "/requestedCompletionDate", "/secondaryContact/phoneNumber", "/serviceCharacteristics", "/supplier",
                ]
            )
            #expect(try await bench.census(.changeRequest).isEmpty)
        }
    }

    @Test func `another tenant's order is as absent as one that never was`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()

            for path in ["/v1/service-order-amendments", "/v1/service-order-cancellations"] {
                let more = #","notes":"Late","reasonCode":"OTHER"}"#
                let foreign = try await bench.post(path, #"{"orderId":\#(order)"# + more, as: "RIVAL")
                let absent = try await bench.post(path, #"{"orderId":999999"# + more, as: "RIVAL")

                #expect(foreign.status == 400 && absent.status == 400)
                #expect(foreign.pointers == ["/orderId"])
                #expect(foreign.json["messages"] as? [String] == absent.json["messages"] as? [String])
            }
            #expect(try await bench.census(.changeRequest).isEmpty)
        }
    }

    @Test func `another tenant's request is as absent as one that never was`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()
            let asked = try await bench.post("/v1/service-order-amendments", #"{"orderId":\#(order),"notes":"Late"}"#)

            let foreign = try await bench.get("/v1/service-order-amendments/\(asked.id)", as: "RIVAL")
            let other = try await bench.get("/v1/service-order-cancellations/\(asked.id)")

            #expect(foreign.status == 404)
            #expect(other.status == 404, "an amendment is no cancellation")
        }
    }

    @Test func `an amendment that changes nothing is refused`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()

            let answer = try await bench.post("/v1/service-order-amendments", #"{"orderId":\#(order)}"#)

            #expect(answer.status == 400)
            #expect(answer.pointers == [""])
        }
    }

    @Test func `a cease has another day and other notes, and nothing else to amend`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder(TenantSample.cease())
            let path = "/v1/service-order-amendments"

            let odd = try await bench.post(path, #"{"orderId":\#(order),"hazards":"Dog"}"#)
            let past = try await bench.post(path, #"{"orderId":\#(order),"requestedCompletionDate":"2026-03-01"}"#)
            let day = try await bench.post(path, #"{"orderId":\#(order),"requestedCompletionDate":"2026-03-20"}"#)

            #expect(odd.pointers == [""])
            #expect(past.pointers == ["/requestedCompletionDate"])
            #expect(day.status == 201)
        }
    }

    @Test func `a second request while one is open is refused`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()
            let body = #"{"orderId":\#(order),"notes":"Late"}"#

            let first = try await bench.post("/v1/service-order-amendments", body)
            let second = try await bench.post("/v1/service-order-amendments", body)

            #expect(first.status == 201 && second.status == 400)
            #expect(second.pointers == ["/orderId"])
        }
    }

    @Test func `the same request again gets the same answer, and has one effect`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()
            let (path, body) = ("/v1/service-order-amendments", #"{"orderId":\#(order),"notes":"Late"}"#)

            let first = try await bench.send(.post, path, body, request: "r-1")
            let again = try await bench.send(.post, path, body, request: "r-1")

            #expect(again.status == 201 && again.body == first.body)
            #expect(try await bench.census(.changeRequest) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `an amendment's visit is taken from its reservation in the same commit`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()
            let held = try await bench.post("/v1/appointments", TenantSample.appointment())
            let body = #"{"orderId":\#(order),"appointmentReservationId":\#(held.id)}"#

            let answer = try await bench.post("/v1/service-order-amendments", body)

            #expect(answer.status == 201)
            #expect(answer.json["appointmentReservationId"] as? Int == held.id)
            #expect(try await bench.census(.reservation) == ["used": 1])
        }
    }

    @Test func `a token that may only read may not amend`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()
            let body = #"{"orderId":\#(order),"notes":"Late","reasonCode":"OTHER"}"#

            #expect(try await bench.post("/v1/service-order-amendments", body, as: "reader").status == 403)
            #expect(try await bench.post("/v1/service-order-cancellations", body, as: "reader").status == 403)
        }
    }
}

@Suite struct TenantCancelOrderTests {
    private static let path = "/v1/service-order-cancellations"

    @Test func `an order that never left is cancelled here and now`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.post("/v1/service-orders", TenantSample.order())

            let answer = try await bench.post(
                Self.path,
                #"{"orderId":\#(order.id),"reasonCode":"OTHER","text":"Moved"}"#
            )

            #expect(answer.status == 201)
            #expect(answer.json["status"] as? String == "COMPLETED")
            #expect(try await bench.get("/v1/service-orders/\(order.id)").json["status"] as? String == "CANCELLED")
            let rows = try await bench.outbox(.serviceOrder, order.id)
            #expect(rows.map(\.content.message.operation) == ["POST /service-orders", "KCI CANCELLED"])
            #expect(rows.map(\.state) == [.withdrawn, .queued])
            #expect(try await bench.outbox(.changeRequest, answer.id).isEmpty, "the supplier never hears of it")
        }
    }

    @Test func `a visit that was held for an order that never left is given back`() async throws {
        try await TenantBench.run { bench in
            let held = try await bench.post("/v1/appointments", TenantSample.appointment())
            let wanted = TenantSample.order(#","appointmentReservationId":\#(held.id)"#)
            let order = try await bench.post("/v1/service-orders", wanted)

            _ = try await bench.post(Self.path, #"{"orderId":\#(order.id),"reasonCode":"OTHER"}"#)
            let told = try await bench.outbox(.serviceOrder, order.id).map(\.content.message.operation)

            #expect(told.contains("tell reservation"))
        }
    }

    @Test func `an order that was tried once is cancelled by its supplier`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.post("/v1/service-orders", TenantSample.order())
            let claimed = try await bench.exchange.store.write {
                try $0.claimLanes(at: TenantBench.start, lease: "lease", room: Room(total: 10))
            }

            let answer = try await bench.post(Self.path, #"{"orderId":\#(order.id),"reasonCode":"OTHER"}"#)

            #expect(claimed.count == 1)
            #expect(answer.json["status"] as? String == "RECEIVED_BY_GATEWAY")
            #expect(
                try await bench.get("/v1/service-orders/\(order.id)").json["status"] as? String == "RECEIVED_BY_GATEWAY"
            )
            let rows = try await bench.outbox(.changeRequest, answer.id)
            #expect(rows.map(\.content.message.operation) == ["POST /service-order-cancellations"])
        }
    }

    @Test func `an update about a cancellation names it`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()
            let asked = try await bench.post(Self.path, #"{"orderId":\#(order),"reasonCode":"CUSTOMER_CHANGED_MIND"}"#)
            try await bench.exchange.change(Cause("reply", by: "supplier")) { change in
                let request = ID<ChangeRequest>(Int64(asked.id))
                let input = ServiceOrder.Input.requestAnswered(request: request, answer: .done(reference: "C-1"))
                try change.tell(.serviceOrder(id: ID(Int64(order)), input: input))
            }

            let told = try await bench.updates(ofOrder: order).last
            let information = told?.json["information"] as? [String: Any]
            let read = try await bench.get("\(Self.path)/\(asked.id)")

            #expect(information?["type"] as? String == "CANCELLED")
            #expect(information?["serviceOrderCancellationId"] as? Int == asked.id)
            #expect(read.json["status"] as? String == "COMPLETED")
            #expect(read.json["supplierReference"] as? String == "C-1")
        }
    }

    @Test func `everything wrong with a cancellation is named at once`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()
            let broken = #"{"orderId":\#(order),"supplier":"NOBODY","reasonCode":"BORED","text":7}"#

            let answer = try await bench.post(Self.path, broken)

            #expect(answer.status == 400)
            #expect(answer.pointers == ["/reasonCode", "/supplier", "/text"])
        }
    }

    @Test(arguments: [
        "NO_AUTHORISATION", "CUSTOMER_NOT_AWARE", "DELIBERATE_MISLEAD", "PURCHASED_DIFFERENT_PRODUCT",
        "END_USER_NOT_MOVING",
    ])
    func `a reason against somebody else's cease is none to cancel one's own order`(reason: String) async throws {
        try await TenantBench.run { bench in
            let order = try await bench.sentOrder()

            let answer = try await bench.post(Self.path, #"{"orderId":\#(order),"reasonCode":"\#(reason)"}"#)

            #expect(answer.status == 400)
            #expect(answer.pointers == ["/reasonCode"])
        }
    }

    @Test func `an order that has ended cannot be cancelled`() async throws {
        try await TenantBench.run(rejectStatus: 422) { bench in
            let order = try await bench.sentOrder()
            try await bench.exchange.change(Cause("reply", by: "supplier")) { change in
                try change.tell(.serviceOrder(id: ID(Int64(order)), input: .supplierRejected(problems: [])))
            }

            let answer = try await bench.post(Self.path, #"{"orderId":\#(order),"reasonCode":"OTHER"}"#)

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/orderId"])
        }
    }
}

extension TenantBench {
    /// An order that the supplier has, and has not acknowledged yet.
    func sentOrder(_ body: String = TenantSample.order()) async throws -> Int {
        let placed = try await post("/v1/service-orders", body)
        try await exchange.change(Cause("reply", by: "supplier")) { change in
            try change.tell(.serviceOrder(id: ID(Int64(placed.id)), input: .supplierAccepted))
        }
        return placed.id
    }
}
