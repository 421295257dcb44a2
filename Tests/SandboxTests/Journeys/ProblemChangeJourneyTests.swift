import Formats
import Testing

@testable import patchbay

extension JourneyTests {
    /// A tenant changes its mind about a problem: through the gateway, the Ticketing contract and the operator, and back.
    @Suite struct ProblemChangeJourneyTests {
        @Test func `an amendment reaches the ticket, and a cancellation ends it`() async throws {
            let life = try SandboxLife.current()
            let problem = try await life.raise(at: "S1000301")
            try await life.world.settle()

            let amendment = try await life.ask(
                "/service-problem-amendments",
                #"{"serviceProblemId":\#(problem),"escalationRequest":true,"notes":"After noon"}"#
            )
            try await life.world.settle()
            #expect(try await life.status("/service-problem-amendments/\(amendment)") == "COMPLETED")

            let cancellation = try await life.ask(
                "/service-problem-cancellations",
                #"{"serviceProblemId":\#(problem),"reasonCode":"ISSUE_RESOLVED"}"#
            )
            try await life.world.settle()
            #expect(try await life.status("/service-problem-cancellations/\(cancellation)") == "COMPLETED")
            #expect(try await life.status("/service-problems/\(problem)") == "CANCELLED")

            let updates = try await life.updates(on: problem, of: "SERVICE_PROBLEM")
            #expect(updates.map(\.says).contains("AMENDED"))
            #expect(updates.last?.says == "CANCELLED")
            #expect(updates.last?.json["information"]?["serviceProblemCancellationId"]?.integer == cancellation)
            #expect(updates.flatMap(\.problems) == [])
        }

        @Test func `what the operator refuses is the tenant's to ask again`() async throws {
            let life = try SandboxLife.current()
            let problem = try await life.raise(at: "S1000302")
            try await life.world.advance("PT6H")
            #expect(try await life.status("/service-problems/\(problem)") == "RESOLVED")

            let cancellation = try await life.ask(
                "/service-problem-cancellations",
                #"{"serviceProblemId":\#(problem),"reasonCode":"OTHER","text":"Too slow"}"#
            )
            try await life.world.settle()

            #expect(try await life.status("/service-problem-cancellations/\(cancellation)") == "REJECTED")
            #expect(try await life.status("/service-problems/\(problem)") == "RESOLVED")
            #expect(try await life.updates(on: problem, of: "SERVICE_PROBLEM").last?.says == "RESUBMIT")
        }

        @Test func `an address of the town is found, quoted for and released again`() async throws {
            let life = try SandboxLife.current()
            let found = try await life.stranger.tenant(.get, "/addresses?uprn=10090000321")
            #expect(found.status == 200)
            #expect(Array(found.json.elements).first?["identifier"]?["additionalIdentifiers"]?.count == 3)

            let visit = try await life.book(at: 10_090_000_321)
            let released = try await life.stranger.tenant(.delete, "/appointments/\(visit)")
            #expect(released.status == 204)
            try await life.world.settle()
            #expect(try await life.status("/appointments/\(visit)") == "RELEASED")

            let quote = try await life.ask("/quote", Self.quote)
            try await life.world.settle()
            #expect(try await life.status("/quote/\(quote)") == "APPROVED")
        }

        private static let quote = """
            {"externalIdentifier":"TENDER-8","quoteItems":[{"id":1,"supplier":"DUMMY_SUPPLIER","sites":[
              {"name":"Head office","address":"1 Loom Street","postcode":"QQ1 1AA","role":"A-END"},
              {"name":"Mill","address":"2 Kiln Lane","postcode":"QQ2 2BB","role":"B-END"}],
              "contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},"billingFrequency":"MONTHLY"},
              "service":[{"serviceSpecification":{"id":"ethernet"}}]}]}
            """
    }
}

extension SandboxLife {
    /// A problem that needs no visit.
    fileprivate func raise(at service: String) async throws -> Int64 {
        try await ask(
            "/service-problems",
            """
            {"problemType":"PERFORMANCE","problemText":"Slower every evening","serviceId":"\(service)",
             "serviceSpecification":{"id":"ftthl2r"},"supplier":"DUMMY_SUPPLIER",
             "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}],
             "primaryContact":{"name":"Robin Sample","phoneNumber":"+44 20 7946 0003"}}
            """
        )
    }

    fileprivate func ask(_ path: String, _ body: String) async throws -> Int64 {
        let answer = try await stranger.tenant(.post, path, body)
        #expect(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["id"]?.integer, "\(answer.text)")
    }
}
