import Domain
import Engine
import Foundation
import HTTPTypes
import Testing

@testable import Adapters

/// F-020, G-050 to G-054: each type of order, and what each needs.
@Suite struct TenantOrderTypeTests {
    private static let ont = #"{"name":"ONT_REFERENCE","value":"ONT-7"},{"name":"ONT_PORT","value":"1"}"#
    private static let line = #"{"name":"LINE_ID","value":"LN-7"}"#

    @Test(arguments: ["START", "TAKEOVER", "TRANSFER", "SWAP"])
    func `an order for a line that exists is taken if it names the line`(type: String) async throws {
        try await TenantBench.run { bench in
            let fibre = try await bench.post("/v1/service-orders", TenantSample.order(type, naming: Self.ont))
            let copper = try await bench.post("/v1/service-orders", TenantSample.order(type, naming: Self.line))

            #expect(fibre.status == 201 && copper.status == 201)
            #expect(fibre.json["orderType"] as? String == type)
            #expect(fibre.json["status"] as? String == "RECEIVED_BY_GATEWAY")
        }
    }

    @Test(arguments: ["START", "TAKEOVER", "TRANSFER", "SWAP"])
    func `an order for a line that exists and names none is refused`(type: String) async throws {
        try await TenantBench.run { bench in
            let half = #"{"name":"ONT_REFERENCE","value":"ONT-7"}"#
            let answer = try await bench.post("/v1/service-orders", TenantSample.order(type, naming: half))

            #expect(answer.status == 400)
            #expect(answer.code == "INVALID_REQUEST")
            #expect(answer.pointers == ["/serviceOrderItem/serviceCharacteristics"])
            #expect(try await bench.census(.serviceOrder).isEmpty)
        }
    }

    @Test func `a cease is read back as it was asked for`() async throws {
        try await TenantBench.run { bench in
            let more = #","reason":"END_USER_MOVING","primaryContact":\#(TenantSample.contact),"notes":"Ring twice""#
            let placed = try await bench.post("/v1/service-orders", TenantSample.cease("2026-03-09", more))

            let read = try await bench.get("/v1/service-orders/\(placed.id)")

            #expect(placed.status == 201)
            #expect(
                read.body == """
                    {"id":\(placed.id),"orderType":"CEASE","status":"RECEIVED_BY_GATEWAY","supplier":"DUMMY_SUPPLIER",\
                    "serviceId":"S1000001","requestedCompletionDate":"2026-03-09","reason":"END_USER_MOVING",\
                    "primaryContact":{"name":"Ada Example","email":"ada@example.com","phoneNumber":"+44 20 7946 0001"},\
                    "notes":"Ring twice","created":"2026-03-02T09:00:00Z","updated":"2026-03-02T09:00:00Z","updates":[]}
                    """
            )
        }
    }

    @Test func `a modification is read back as it was asked for`() async throws {
        try await TenantBench.run { bench in
            let placed = try await bench.post("/v1/service-orders", TenantSample.modify(#","notes":"After six""#))

            let read = try await bench.get("/v1/service-orders/\(placed.id)")

            #expect(placed.status == 201)
            #expect(
                read.body == """
                    {"id":\(placed.id),"orderType":"MODIFY","status":"RECEIVED_BY_GATEWAY","supplier":"DUMMY_SUPPLIER",\
                    "serviceId":"S1000001","serviceCharacteristics":[{"name":"LINE_PROFILE","value":"550/75"}],\
                    "notes":"After six","created":"2026-03-02T09:00:00Z","updated":"2026-03-02T09:00:00Z","updates":[]}
                    """
            )
        }
    }

    @Test func `everything wrong with a cease is named at once`() async throws {
        try await TenantBench.run { bench in
            let broken = """
                {"orderType":"CEASE","supplier":"NOBODY","requestedCompletionDate":"2026-03-01","reason":"moving",
                 "primaryContact":{"name":"Ada Example","phoneNumber":"call me"},"notes":7}
                """

            let answer = try await bench.post("/v1/service-orders", broken)

            #expect(answer.status == 400)
            #expect(
                answer.pointers == [
                    "/notes", "/primaryContact/phoneNumber", "/reason", "/requestedCompletionDate", "/serviceId",
                    "/supplier",
                ]
            )
            #expect(try await bench.census(.serviceOrder).isEmpty)
        }
    }

    @Test func `everything wrong with a modification is named at once`() async throws {
        try await TenantBench.run { bench in
            let broken = """
                {"orderType":"MODIFY","supplier":"DUMMY_SUPPLIER","serviceId":"","serviceCharacteristics":[],
                 "appointmentReservationId":0,"requestedCompletionDate":"2026-02-30","engineerTasks":["PAINT"]}
                """

            let answer = try await bench.post("/v1/service-orders", broken)

            #expect(answer.status == 400)
            #expect(
                answer.pointers == [
                    "/appointmentReservationId", "/engineerTasks/0", "/requestedCompletionDate",
                    "/serviceCharacteristics", "/serviceId",
                ]
            )
        }
    }

    @Test func `a cease of yesterday's is refused, today's is taken`() async throws {
        try await TenantBench.run { bench in
            let late = try await bench.post("/v1/service-orders", TenantSample.cease("2026-03-01"))
            let today = try await bench.post("/v1/service-orders", TenantSample.cease("2026-03-02"))

            #expect(late.pointers == ["/requestedCompletionDate"])
            #expect(today.status == 201)
        }
    }

    @Test func `what a cease has no place for is passed over with a warning`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post(
                "/v1/service-orders",
                TenantSample.cease("2026-03-09", #","address":\#(TenantSample.address)"#)
            )

            #expect(answer.status == 201)
            #expect(answer.headers[.gatewayWarning] == "/address is unknown and was ignored")
        }
    }

    @Test func `a visit that was held to provide a line is of no use to a modification`() async throws {
        try await TenantBench.run { bench in
            let held = try await bench.post("/v1/appointments", TenantSample.appointment())
            let body = TenantSample.modify(#","appointmentReservationId":\#(held.id)"#)

            let answer = try await bench.post("/v1/service-orders", body)

            #expect(answer.status == 400)
            #expect(answer.pointers == ["/appointmentReservationId"])
        }
    }

    @Test func `an update tells what kind of order it is about`() async throws {
        try await TenantBench.run { bench in
            let cease = try await bench.post("/v1/service-orders", TenantSample.cease())
            let change = try await bench.post("/v1/service-orders", TenantSample.modify())
            for number in [cease.id, change.id] {
                try await bench.exchange.change(Cause("reply", by: "supplier")) { change in
                    try change.tell(.serviceOrder(id: ID(Int64(number)), input: .supplierAccepted))
                }
            }

            let ofCease = try await bench.updates(ofOrder: cease.id)
            let ofChange = try await bench.updates(ofOrder: change.id)

            #expect(ofCease.map { $0.json["entityType"] as? String } == ["CEASE_ORDER"])
            #expect(ofChange.map { $0.json["entityType"] as? String } == ["MODIFY_ORDER"])
        }
    }
}
