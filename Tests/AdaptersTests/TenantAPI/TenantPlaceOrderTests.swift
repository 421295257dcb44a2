import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

@Suite struct TenantPlaceOrderTests {
    @Test func `an order is accepted, stored, and on its way to the supplier in one commit`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/service-orders", TenantSample.order())

            #expect(answer.status == 201)
            #expect(answer.json["status"] as? String == "RECEIVED_BY_GATEWAY")
            #expect(answer.headers[.location] == "/v1/service-orders/\(answer.id)")
            #expect(answer.headers[.conversationID] == "conversation-1")
            let outbox = try await bench.outbox(.serviceOrder, answer.id)
            #expect(outbox.map(\.content.message) == [.orderPlaced])
            #expect(outbox.map(\.content.recipient) == [.supplier(id: "DUMMY_SUPPLIER")])
        }
    }

    @Test func `what was ordered is what is read again`() async throws {
        try await TenantBench.run { bench in
            let site = #","hazards":"Dog","notes":"Ring twice","engineerTasks":["INSTALL_ROUTER"]"#
            let placed = try await bench.post("/v1/service-orders", TenantSample.order(site))

            let read = try await bench.get("/v1/service-orders/\(placed.id)")

            #expect(read.status == 200)
            #expect(read.body == placed.body)
            #expect(
                read.body == """
                    {"id":\(placed.id),"orderType":"NEW","status":"RECEIVED_BY_GATEWAY","supplier":"DUMMY_SUPPLIER",\
                    "address":{"id":"10090000001","type":"UPRN"},"serviceOrderItem":{"serviceSpecification":\
                    {"id":"ftthl2r"},"serviceCharacteristics":[{"name":"LINE_PROFILE","value":"1G1G"}]},\
                    "primaryContact":{"name":"Ada Example","email":"ada@example.com","phoneNumber":"+44 20 7946 0001"},\
                    "engineerTasks":["INSTALL_ROUTER"],"hazards":"Dog","notes":"Ring twice",\
                    "created":"2026-03-02T09:00:00Z","updated":"2026-03-02T09:00:00Z","updates":[]}
                    """
            )
        }
    }

    @Test func `every problem is named at once, with its pointer, and nothing is stored`() async throws {
        try await TenantBench.run { bench in
            let broken = """
                {"orderType":"NEWISH","supplier":"NOBODY","address":{"id":"10090000001","type":"U-PRN"},
                 "serviceOrderItem":{"serviceSpecification":{},"serviceCharacteristics":[{"name":"A"}]},
                 "primaryContact":{"name":"Ada Example","phoneNumber":"call me","email":"ada at example"},
                 "requestedCompletionDate":"2026-03-01","appointmentReservationId":0,"engineerTasks":["PAINT"]}
                """

            let answer = try await bench.post("/v1/service-orders", broken)

            #expect(answer.status == 400)
            #expect(answer.code == "INVALID_REQUEST")
            #expect(
                answer.pointers == [
                    "/address/type", "/appointmentReservationId", "/engineerTasks/0", "/orderType",
                    "/primaryContact/email", "/primaryContact/phoneNumber", "/requestedCompletionDate",
                    "/serviceOrderItem/serviceCharacteristics/0/value", "/serviceOrderItem/serviceSpecification/id",
                    "/supplier",
                ]
            )
            #expect(try await bench.census(.serviceOrder).isEmpty)
        }
    }

    @Test func `a tenant that wants 422 for a refused order gets it`() async throws {
        try await TenantBench.run(rejectStatus: 422) { bench in
            let answer = try await bench.post(
                "/v1/service-orders",
                TenantSample.order(#","requestedCompletionDate":"1999-01-01""#)
            )

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/requestedCompletionDate"])
        }
    }

    @Test(arguments: ["", "[", "not json", #"{"a":1,"a":2}"#, "[]", "null"])
    func `what is no JSON object is malformed`(body: String) async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/service-orders", body)

            #expect(answer.status == 400)
            #expect(answer.code == "MALFORMED_REQUEST")
        }
    }

    @Test func `an unknown field is ignored with a warning by default`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/service-orders", TenantSample.order(#","colour":"red""#))

            #expect(answer.status == 201)
            #expect(answer.headers[.gatewayWarning] == "/colour is unknown and was ignored")
        }
    }

    @Test func `with a visit and a date the visit decides, and a warning says so`() async throws {
        try await TenantBench.run { bench in
            let visit = try await bench.post("/v1/appointments", TenantSample.appointment())
            let both = #","appointmentReservationId":\#(visit.id),"requestedCompletionDate":"2026-03-20""#

            let answer = try await bench.post("/v1/service-orders", TenantSample.order(both))

            #expect(answer.status == 201)
            #expect(answer.headers[.gatewayWarning] == "requestedCompletionDate is ignored: the appointment decides")
        }
    }

    @Test(arguments: ["0", "01", "-1", "1x", "one", "12345678901234567"])
    func `what is no number in a path is as absent as any other`(number: String) async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/service-orders/\(number)")

            #expect(answer.status == 404)
        }
    }

    @Test func `an unknown field is refused for a strict tenant`() async throws {
        try await TenantBench.run(strict: true) { bench in
            let answer = try await bench.post("/v1/service-orders", TenantSample.order(#","colour":"red""#))

            #expect(answer.status == 400)
            #expect(answer.pointers == ["/colour"])
        }
    }
}

@Suite struct TenantOrderIsolationTests {
    @Test func `another tenant's order is as absent as one that never was`() async throws {
        try await TenantBench.run { bench in
            let placed = try await bench.post("/v1/service-orders", TenantSample.order())

            let foreign = try await bench.get("/v1/service-orders/\(placed.id)", as: "RIVAL")
            let absent = try await bench.get("/v1/service-orders/999999", as: "RIVAL")

            #expect(foreign.status == 404)
            #expect(foreign.code == "NOT_FOUND")
            #expect(foreign.json["messages"] as? [String] == absent.json["messages"] as? [String])
        }
    }

    @Test(arguments: ["0", "-1", "1x", "01", "12345678901234567", "%20"])
    func `what is no number names nothing`(id: String) async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/service-orders/\(id)")

            #expect(answer.status == 404)
        }
    }

    @Test func `nobody is served without a token`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.send(.post, "/v1/service-orders", TenantSample.order(), as: nil)

            #expect(answer.status == 401)
            #expect(answer.code == "NOT_AUTHORISED")
            #expect(try await bench.census(.serviceOrder).isEmpty)
        }
    }

    @Test func `an hour later the token has expired`() async throws {
        try await TenantBench.run { bench in
            bench.clock.move(to: TenantBench.start + 3_600)

            let answer = try await bench.post("/v1/service-orders", TenantSample.order())

            #expect(answer.status == 401)
        }
    }

    @Test func `a token that may only read may not order`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/service-orders", TenantSample.order(), as: "reader")

            #expect(answer.status == 403)
            #expect(answer.code == "NOT_AUTHORISED")
        }
    }
}

@Suite struct TenantOrderIdempotencyTests {
    @Test func `the same request again gets the same answer, and has one effect`() async throws {
        try await TenantBench.run { bench in
            let first = try await bench.send(.post, "/v1/service-orders", TenantSample.order(), request: "r-1")
            let again = try await bench.send(.post, "/v1/service-orders", TenantSample.order(), request: "r-1")

            #expect(again.status == 201)
            #expect(again.body == first.body)
            #expect(again.headers[.location] == first.headers[.location])
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `the same request again gets the same answer, though its date is past by then`() async throws {
        try await TenantBench.run { bench in
            let order = TenantSample.order(#","requestedCompletionDate":"\#(LondonTime.day(at: TenantBench.start))""#)
            let first = try await bench.send(.post, "/v1/service-orders", order, request: "r-1")
            bench.clock.move(to: TenantBench.start + 20 * 3_600)
            let later = try await bench.withFreshTokens()

            let again = try await later.send(.post, "/v1/service-orders", order, request: "r-1")
            let other = try await later.send(.post, "/v1/service-orders", order, request: "r-2")

            #expect(first.status == 201)
            #expect(again.status == 201)
            #expect(other.status == 400)
            #expect(again.body == first.body)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `the same key with another body is refused`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.send(.post, "/v1/service-orders", TenantSample.order(), request: "r-1")
            let other = TenantSample.order(#","notes":"other""#)

            let answer = try await bench.send(.post, "/v1/service-orders", other, request: "r-1")

            #expect(answer.status == 422)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `twenty at once have one effect and one answer`() async throws {
        try await TenantBench.run { bench in
            let answers = try await withThrowingTaskGroup(of: TenantAnswer.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await bench.send(.post, "/v1/service-orders", TenantSample.order(), request: "r-1")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(answers.count == 20)
            #expect(Set(answers.map(\.status)) == [201])
            #expect(Set(answers.map(\.body)).count == 1)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
            #expect(try await bench.outbox(.serviceOrder, answers[0].id).count == 1)
        }
    }

    @Test func `twenty appointments asked for at once hold one slot`() async throws {
        try await TenantBench.run { bench in
            let answers = try await withThrowingTaskGroup(of: TenantAnswer.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await bench.send(.post, "/v1/appointments", TenantSample.appointment(), request: "r-1")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(Set(answers.map(\.status)) == [201])
            #expect(Set(answers.map(\.body)).count == 1)
            #expect(try await bench.census(.reservation).values.reduce(0, +) == 1)
        }
    }

    @Test func `of two bodies under one key at once only one has an effect`() async throws {
        try await TenantBench.run { bench in
            let bodies = [TenantSample.order(), TenantSample.order(#","notes":"other""#)]
            let answers = try await withThrowingTaskGroup(of: TenantAnswer.self) { group in
                for body in bodies {
                    group.addTask { try await bench.send(.post, "/v1/service-orders", body, request: "r-1") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(answers.map(\.status).sorted() == [201, 422])
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `after a day an answer is forgotten, whether or not it was swept away`() async throws {
        try await TenantBench.run { bench in
            let first = try await bench.send(.post, "/v1/service-orders", TenantSample.order(), request: "r-1")
            bench.clock.move(to: TenantBench.start + 24 * 3_600)
            let later = try await bench.withFreshTokens()

            let again = try await later.send(.post, "/v1/service-orders", TenantSample.order(), request: "r-1")

            #expect(again.status == 201)
            #expect(again.id != first.id)
        }
    }

    @Test func `two tenants may use the same key`() async throws {
        try await TenantBench.run { bench in
            let mine = try await bench.send(.post, "/v1/service-orders", TenantSample.order(), request: "r-1")
            let theirs = try await bench.send(
                .post,
                "/v1/service-orders",
                TenantSample.order(),
                as: "RIVAL",
                request: "r-1"
            )

            #expect(mine.status == 201 && theirs.status == 201)
            #expect(mine.id != theirs.id)
        }
    }
}
