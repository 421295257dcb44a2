import Domain
import Formats
import Testing

@testable import patchbay

extension JourneyTests {
    /// A problem by the native contract alone: through the gateway, the Supplier API, the operator's desk, and back.
    @Suite struct NativeProblemJourneyTests {
        @Test func `a problem is amended, resolved, refused, resolved again and confirmed`() async throws {
            let life = try SandboxLife.current()
            let problem = try await life.raiseNatively(at: "S1000311")
            try await life.world.settle()
            #expect(try await life.status("/service-problems/\(problem)") == "ACKNOWLEDGED")

            let amendment = try await life.asked(
                "/service-problem-amendments",
                #"{"serviceProblemId":\#(problem),"escalationRequest":true,"notes":"After noon"}"#
            )
            try await life.world.settle()
            #expect(try await life.status("/service-problem-amendments/\(amendment)") == "COMPLETED")

            let first = try await life.resolution(of: problem)
            try await life.answer(first, #"{"status":"REJECTED","tenantNotes":"Still slow after dark"}"#)
            #expect(try await life.status("/service-problems/\(problem)") == "IN_PROGRESS")

            let second = try await life.resolution(of: problem)
            #expect(second != first)
            try await life.answer(second, #"{"status":"ACCEPTED"}"#)

            #expect(try await life.status("/service-problems/\(problem)") == "COMPLETED")
            #expect(try await life.status("/service-problem-resolutions/\(first)") == "REJECTED")
            #expect(try await life.status("/service-problem-resolutions/\(second)") == "ACCEPTED")
            let updates = try await life.updates(on: problem, of: "SERVICE_PROBLEM")
            #expect(updates.compactMap { $0.json["sequenceNumber"]?.integer } == Array(1...Int64(updates.count)))
            #expect(updates.map(\.says).filter { $0 == "CONFIRM" }.count == 2)
            #expect(updates.map(\.says).contains("AMENDED"))
            #expect(updates.last?.says == "COMPLETED")
            #expect(updates.flatMap(\.problems) == [])
        }

        @Test func `a problem is given up, and its supplier says so`() async throws {
            let life = try SandboxLife.current()
            let problem = try await life.raiseNatively(at: "S1000312")
            try await life.world.settle()

            let cancellation = try await life.asked(
                "/service-problem-cancellations",
                #"{"serviceProblemId":\#(problem),"reasonCode":"ISSUE_RESOLVED"}"#
            )
            try await life.world.settle()

            #expect(try await life.status("/service-problem-cancellations/\(cancellation)") == "COMPLETED")
            #expect(try await life.status("/service-problems/\(problem)") == "CANCELLED")
            let last = try #require(try await life.updates(on: problem, of: "SERVICE_PROBLEM").last)
            #expect(last.says == "CANCELLED")
            #expect(last.json["information"]?["serviceProblemCancellationId"]?.integer == cancellation)
        }

        @Test func `an outage has its repair visit from the same supplier, and an order is its too`() async throws {
            let life = try SandboxLife.current()
            let journey = Journey(world: life.world, timeline: Timeline(isSilent: true))
            let visit = try await journey.book(
                purpose: .repair,
                address: #"{"id":"10095000312","type":"UPRN"}"#,
                supplier: "NATIVE_SUPPLIER",
                product: "ftthl2r",
                service: "S1000313"
            ).id

            let problem = try await life.raiseNatively(
                "OUTAGE",
                at: "S1000313",
                #","appointmentReservationId":\#(visit)"#
            )
            try await life.world.settle()
            #expect(try await life.status("/service-problems/\(problem)") == "ACKNOWLEDGED")
            #expect(try await life.status("/appointments/\(visit)") == "USED")
            let cease = try await life.asked(
                "/service-orders",
                """
                {"orderType":"CEASE","supplier":"NATIVE_SUPPLIER","serviceId":"S1000314",
                 "requestedCompletionDate":"2037-01-05"}
                """
            )
            try await life.world.settle()
            #expect(try await life.status("/service-orders/\(cease)") == "ACKNOWLEDGED")
        }
    }
}

extension SandboxLife {
    fileprivate func raiseNatively(
        _ type: String = "PERFORMANCE",
        at service: String,
        _ more: String = ""
    ) async throws -> Int64 {
        try await asked(
            "/service-problems",
            """
            {"problemType":"\(type)","problemText":"Slower every evening","serviceId":"\(service)",
             "serviceSpecification":{"id":"ftthl2r"},"supplier":"NATIVE_SUPPLIER",
             "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}],
             "primaryContact":{"name":"Robin Sample","phoneNumber":"+44 20 7946 0003"}\(more)}
            """
        )
    }

    fileprivate func asked(_ path: String, _ body: String) async throws -> Int64 {
        let answer = try await stranger.tenant(.post, path, body)
        #expect(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["id"]?.integer, "\(answer.text)")
    }

    /// The desk mends it in its own time; the number of what it offers.
    fileprivate func resolution(of problem: Int64) async throws -> Int64 {
        try await world.advance("PT6H")
        let read = try await stranger.tenant(.get, "/service-problems/\(problem)")
        #expect(read.json["status"]?.string == "RESOLVED", "\(read.text)")
        return try #require(read.json["resolution"]?["id"]?.integer, "\(read.text)")
    }

    fileprivate func answer(_ resolution: Int64, _ body: String) async throws {
        let answer = try await stranger.tenant(.patch, "/service-problem-resolutions/\(resolution)", body)
        #expect(answer.status == 200, "\(answer.text)")
        try await world.settle()
    }
}
