import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// What the operator makes of each type of order (G-050 to G-054).
@Suite struct WholesaleOrderTypeTests {
    private static let profile = #""serviceCharacteristics":[{"name":"LINE_PROFILE","value":"550/75"}]"#

    /// What the customer was told about an order, in order.
    private func told(_ bench: SupplyBench, _ order: Int64 = 1) async throws -> [String] {
        try await bench.outbox(.supplyOrder, order).map(\.content.message.operation)
    }

    @Test func `a cease is completed on its day, without a visit`() async throws {
        try await SupplyBench.run { bench async throws in
            #expect(try await bench.cease(on: "2026-03-04").status == 201)
            await bench.advance(by: 60)
            #expect(try await bench.census(.supplyOrder) == ["committed": 1])

            await bench.advance(by: 46 * 3_600)
            #expect(try await bench.census(.supplyOrder) == ["committed": 1], "the evening before is too early")
            await bench.advance(by: 3_600)
            #expect(try await bench.census(.supplyOrder) == ["in-progress": 1])
            await bench.advance(by: 6 * 60)

            #expect(try await bench.census(.supplyOrder) == ["completed": 1])
            #expect(try await told(bench) == ["KCI COMMITTED", "KCI COMPLETED"])
            #expect(try await bench.census(.installationJob).isEmpty)
        }
    }

    @Test func `updates about a cease carry it under its own name`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.cease()
            await bench.advance(by: 60)

            let row = try #require(try await bench.outbox(.supplyOrder, 1).first)
            let update = SupplyAnswer(status: 0, body: String(decoding: row.content.body, as: UTF8.self)).json
            let entity = try #require(update["ceaseServiceOrder"] as? [String: Any])

            #expect(entity["serviceId"] as? String == "S1000001")
            #expect(entity["orderType"] as? String == "CEASE")
            #expect(entity["committedDate"] as? String == "2026-03-04")
            #expect(update["provideServiceOrder"] == nil)
        }
    }

    @Test func `a service that was ceased is there no longer`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.cease(on: "2026-03-02")
            await bench.advance(by: 60)
            #expect(try await bench.test().status == 201, "it works until it is switched off")
            await bench.advance(by: 6 * 60)

            let test = try await bench.test(id: 6)
            let again = try await bench.cease(id: 13)

            #expect(try await bench.census(.supplyOrder) == ["completed": 1])
            #expect(test.status == 422 && again.status == 422)
            #expect(again.pointers == ["/serviceId"])
        }
    }

    @Test func `one cease of a service is enough`() async throws {
        try await SupplyBench.run { bench async throws in
            _ = try await bench.cease(id: 12)

            let second = try await bench.cease(id: 13)
            let change = try await bench.order("MODIFY", id: 14, Self.profile)

            #expect(second.status == 422 && change.status == 422)
            #expect(second.messages == ["The order cannot be accepted.", "A cease of this service is under way."])
            #expect(change.pointers == ["/serviceId"])
        }
    }

    @Test func `a modification without a visit is switched from afar`() async throws {
        try await SupplyBench.run { bench async throws in
            #expect(try await bench.order("MODIFY", Self.profile).status == 201)
            await bench.advance(by: 60)
            await bench.advance(by: 6 * 60)

            #expect(try await bench.census(.supplyOrder) == ["completed": 1])
            #expect(try await told(bench) == ["KCI COMMITTED", "KCI COMPLETED"])
        }
    }

    @Test func `a modification with a visit sends somebody again`() async throws {
        try await SupplyBench.run { bench async throws in
            let home = #"{"id":"10095000001","type":"UPRN"}"#
            let body = """
                {"id":1,"address":\(home),"serviceSpecification":\(SupplyBench.specification),\
                "appointmentPurpose":"MODIFY","timeslot":\(SupplyBench.slot)}
                """
            let held = try await bench.send(.post, "/wholesale/v1/appointments", body)
            let contact = #""primaryContact":{"name":"Asha Example","phoneNumber":"+44 20 7946 0000"}"#
            let visit = #""appointmentSupplierReference":"\#(held.reference)",\#(contact)"#
            let answer = try await bench.order("MODIFY", Self.profile + "," + visit)
            #expect(answer.status == 201)
            await bench.advance(by: 60)
            await bench.deliverInHouse()

            let job = try #require(try await bench.exchange.read { try $0.find(ID<InstallationJob>(101)) })
            #expect(job.pack.jobType == .revisit)
            #expect(job.pack.serviceID == "S1000001")
            #expect(try await told(bench).prefix(2) == ["KCI COMMITTED", "tell installationJob"])
        }
    }

    @Test func `an engineer must know whom to ask for`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.order(
                "MODIFY",
                Self.profile + #","appointmentSupplierReference":"KEY""#
            )

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/primaryContact"])
        }
    }

    @Test(arguments: ["CEASE", "MODIFY"])
    func `a service that isn't live can be neither changed nor ended`(type: String) async throws {
        try await SupplyBench.run { bench async throws in
            let more = #""requestedCompletionDate":"2026-03-04","# + Self.profile
            let answer = try await bench.order(type, of: "S9999999", more)

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/serviceId"])
        }
    }

    @Test func `another customer's line is as absent as one that never was`() async throws {
        try await SupplyBench.run { bench async throws in
            let line =
                #"{"serviceSpecification":\#(SupplyBench.specification),"serviceCharacteristics":"#
                + #"[{"name":"LINE_ID","value":"LN-7"}]}"#
            let body = #"""
                {"id":1,"orderType":"START","address":\#(SupplyBench.address),"serviceOrderItem":\#(line),
                 "primaryContact":{"name":"Asha Example","phoneNumber":"+44 20 7946 0000"}}
                """#
            #expect(try await bench.send(.post, "/wholesale/v1/service-orders", body).status == 201)
            await bench.advance(by: 60)
            await bench.advance(by: 6 * 60)
            #expect(try await bench.census(.supplyOrder) == ["completed": 1])

            let more = #""requestedCompletionDate":"2026-03-04""#
            let foreign = try await bench.order("CEASE", of: "S2000001", id: 2, more, as: "RIVAL")
            let absent = try await bench.order("CEASE", of: "S2999999", id: 3, more, as: "RIVAL")
            let own = try await bench.order("CEASE", of: "S2000001", id: 4, more)

            #expect(foreign.status == 422 && own.status == 201)
            #expect(foreign.json["errors"] as? [[String: String]] == absent.json["errors"] as? [[String: String]])
        }
    }

    @Test func `an order for a line that exists names it, and may be for an address that is served`() async throws {
        try await SupplyBench.run { bench async throws in
            func body(_ characteristics: String) -> String {
                let address = #"{"id":"10095000001","type":"UPRN"}"#
                return #"""
                    {"id":1,"orderType":"TAKEOVER","address":\#(address),"serviceOrderItem":{"serviceSpecification":
                     \#(SupplyBench.specification),"serviceCharacteristics":[\#(characteristics)]},
                     "primaryContact":{"name":"Asha Example","phoneNumber":"+44 20 7946 0000"}}
                    """#
            }
            let nameless = try await bench.send(.post, "/wholesale/v1/service-orders", body(""))
            let named = try await bench.send(
                .post,
                "/wholesale/v1/service-orders",
                body(#"{"name":"LINE_ID","value":"LN-7"}"#)
            )

            #expect(nameless.pointers == ["/serviceOrderItem/serviceCharacteristics"])
            #expect(named.status == 201)
        }
    }

    @Test func `everything wrong with a cease is said at once`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.order("CEASE", of: "", id: 0, #""requestedCompletionDate":"soon""#)

            #expect(answer.status == 400)
            #expect(answer.pointers == ["/id", "/requestedCompletionDate", "/serviceId"])
        }
    }
}
