import Domain
import Formats
import Testing

@testable import patchbay

extension JourneyTests {
    /// Orders with the scripted supplier, through the whole house: the tenant's API, the outbox, the clock, the updates.
    @Suite struct ScriptedSupplierJourneyTests {
        @Test func `an order that is delayed is told so, and completed by its own days`() async throws {
            let life = try SandboxLife.current()
            let order = try await life.order("DELAYED", days: 3, at: 10_090_000_401)

            try await life.world.advance("PT2H")
            #expect(try await life.status("/service-orders/\(order)") == "HELD")
            try await life.world.advance("P5D")

            #expect(try await life.status("/service-orders/\(order)") == "COMPLETED")
            let updates = try await life.updates(on: order, of: "PROVIDE_ORDER")
            #expect(
                updates.map(\.says) == ["UPDATE", "ACKNOWLEDGED", "COMMITTED", "DELAY", "RESUMED", "COMPLETED"]
            )
            #expect(updates.flatMap(\.problems) == [])
        }

        @Test func `a question waits for the tenant, whose amendment answers it`() async throws {
            let life = try SandboxLife.current()
            let order = try await life.order("INFORMATION_REQUIRED", days: 1, at: 10_090_000_402)
            try await life.world.advance("P2D")
            #expect(try await life.status("/service-orders/\(order)") == "PENDING")

            let body = #"{"orderId":\#(order),"notes":"The blue door"}"#
            let asked = try await life.stranger.tenant(.post, "/service-order-amendments", body)
            let amendment = try #require(asked.json["id"]?.integer, "\(asked.text)")
            try await life.world.advance("P2D")

            #expect(try await life.status("/service-order-amendments/\(amendment)") == "COMPLETED")
            #expect(try await life.status("/service-orders/\(order)") == "COMPLETED")
        }

        @Test func `a supplier that never answers is given up after 72 hours`() async throws {
            let life = try SandboxLife.current()
            let order = try await life.order("UNANSWERED", days: 1, at: 10_090_000_403)

            try await life.world.advance("P4D")

            #expect(try await life.status("/service-orders/\(order)") == "FAILED_TO_SEND")
        }

        @Test func `one that answers late is asked again, and loses nothing`() async throws {
            let life = try SandboxLife.current()
            let order = try await life.order("ANSWERS_LATE", days: 1, at: 10_090_000_404)

            try await life.world.advance("P2D")

            #expect(try await life.status("/service-orders/\(order)") == "COMPLETED")
            #expect(try await life.updates(on: order, of: "PROVIDE_ORDER").count == 4)
        }

        @Test func `past the point of no return a cancellation is refused`() async throws {
            let life = try SandboxLife.current()
            let order = try await life.order("POINT_OF_NO_RETURN", days: 9, at: 10_090_000_405)
            try await life.world.advance("PT1H")

            let body = #"{"orderId":\#(order),"reasonCode":"OTHER"}"#
            let asked = try await life.stranger.tenant(.post, "/service-order-cancellations", body)
            let cancellation = try #require(asked.json["id"]?.integer, "\(asked.text)")
            try await life.world.advance("PT1H")

            #expect(try await life.status("/service-order-cancellations/\(cancellation)") == "REJECTED")
            #expect(try await life.status("/service-orders/\(order)") == "IN_PROGRESS")
        }

        @Test func `an unknown script is refused at the door, each word with its pointer`() async throws {
            let life = try SandboxLife.current()
            let body = SandboxLife.scripted("EXPLODES", days: 61, at: 10_090_000_406)

            let answer = try await life.stranger.tenant(.post, "/service-orders", body)

            let pointers = answer.json["errors"]?.elements.compactMap { $0["pointer"]?.string } ?? []
            // By the tenant's terms (X-46).
            #expect(answer.status == 400, "\(answer.text)")
            #expect(
                pointers == [
                    "/serviceOrderItem/serviceCharacteristics/0/value",
                    "/serviceOrderItem/serviceCharacteristics/1/value",
                ]
            )
        }

        @Test func `an unknown script of a test is refused at the door`() async throws {
            let answer = try await SandboxLife.current().stranger.tenant(.post, "/service-tests", Self.test("PURPLE"))

            #expect(answer.status == 422, "\(answer.text)")
            let pointers = answer.json["errors"]?.elements.compactMap { $0["pointer"]?.string }
            #expect(pointers == ["/characteristics/1/value"])
        }

        @Test(arguments: [("AMBER", "COMPLETED"), ("FAILED", "FAILED"), ("REJECTED", "REJECTED")])
        func `a test ends as its script says`(script: String, status: String) async throws {
            let life = try SandboxLife.current()
            let asked = try await life.stranger.tenant(.post, "/service-tests", Self.test(script))
            let test = try #require(asked.json["id"]?.integer, "\(asked.text)")

            try await life.world.settle()

            #expect(try await life.status("/service-tests/\(test)") == status)
        }

        @Test func `its visits are booked and its prices are had as anybody's`() async throws {
            let life = try SandboxLife.current()
            let visit = try await Journey(world: life.world, timeline: Timeline(isSilent: true)).book(
                purpose: .provide,
                address: #"{"id":"10090000407","type":"UPRN"}"#,
                supplier: "SCRIPTED_SUPPLIER",
                product: "ftthl2r"
            )
            let quote = try await life.stranger.tenant(.post, "/quote", Self.quote)
            try await life.world.settle()

            let number = try #require(quote.json["id"]?.integer, "\(quote.text)")
            #expect(try await life.status("/quote/\(number)") == "APPROVED")
            let held = try await life.stranger.tenant(.get, "/appointments/\(visit.id)").json
            #expect(held["supplierReference"]?.string == "SCR-V\(visit.id)")
        }

        private static func test(_ script: String) -> String {
            """
            {"serviceId":"SCR1000001","problemType":"OUTAGE","supplier":"SCRIPTED_SUPPLIER",
             "serviceSpecification":{"id":"ftthl2r"},"characteristics":[
             {"name":"SERVICE_HAS_WORKED","value":"false"},{"name":"SCRIPT","value":"\(script)"}]}
            """
        }

        private static let quote = """
            {"externalIdentifier":"TENDER-9","quoteItems":[{"id":1,"supplier":"SCRIPTED_SUPPLIER","sites":[
              {"name":"Head office","address":"1 Loom Street","postcode":"QQ1 1AA","role":"A-END"},
              {"name":"Mill","address":"2 Kiln Lane","postcode":"QQ2 2BB","role":"B-END"}],
              "contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},"billingFrequency":"MONTHLY"},
              "service":[{"serviceSpecification":{"id":"ethernet"}}]}]}
            """
    }
}

extension SandboxLife {
    func order(_ script: String, days: Int, at uprn: Int64) async throws -> Int64 {
        let placed = try await stranger.tenant(.post, "/service-orders", Self.scripted(script, days: days, at: uprn))
        return try #require(placed.json["id"]?.integer, "\(placed.text)")
    }

    fileprivate static func scripted(_ script: String, days: Int, at uprn: Int64) -> String {
        """
        {"orderType":"NEW","supplier":"SCRIPTED_SUPPLIER","address":{"id":"\(uprn)","type":"UPRN"},
         "serviceOrderItem":{"serviceSpecification":{"id":"ftthl2r"},"serviceCharacteristics":[
           {"name":"SCRIPT","value":"\(script)"},{"name":"SCRIPT_DAYS","value":"\(days)"}]},
         "primaryContact":{"name":"Robin Sample","phoneNumber":"01632 960123"}}
        """
    }
}
