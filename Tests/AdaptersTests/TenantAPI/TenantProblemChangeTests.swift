import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

@Suite struct TenantAmendProblemTests {
    @Test func `an amendment is accepted and on its way`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.post("/v1/service-problems", TenantSample.problem("CPE"))

            let answer = try await bench.post(
                "/v1/service-problem-amendments",
                #"{"serviceProblemId":\#(problem.id),"escalationRequest":true,"notes":"Ring the second bell","#
                    + #""primaryContact":{"phoneNumber":"+44 20 7946 0009"}}"#
            )

            #expect(answer.status == 201)
            #expect(answer.json["status"] as? String == "RECEIVED_BY_GATEWAY")
            #expect(answer.headers[.location] == "/v1/service-problem-amendments/\(answer.id)")
            let messages = try await bench.outbox(.serviceProblem, problem.id).map(\.content.message)
            #expect(messages == [.problemRaised, .problemAmended(change: ID(Int64(answer.id)))])
            #expect(try await bench.get("/v1/service-problem-amendments/\(answer.id)").body == answer.body)
            #expect(try await bench.get("/v1/service-problem-cancellations/\(answer.id)").status == 404)
        }
    }

    @Test func `the supplier's answer is told to the tenant, and its request says so`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.post("/v1/service-problems", TenantSample.problem("CPE"))
            let amendment = try await bench.post(
                "/v1/service-problem-amendments",
                #"{"serviceProblemId":\#(problem.id),"problemText":"No light, and the box hums"}"#
            )

            try await bench.exchange.tell(
                .serviceProblem(id: ID(Int64(problem.id)), input: .changeMade(change: ID(Int64(amendment.id)))),
                Cause("reply", by: "house")
            )
            await bench.deliverInHouse()

            let read = try await bench.get("/v1/service-problem-amendments/\(amendment.id)")
            #expect(read.json["status"] as? String == "COMPLETED")
            let after = try await bench.get("/v1/service-problems/\(problem.id)")
            #expect(after.json["problemText"] as? String == "No light, and the box hums")
            let update = (after.json["updates"] as? [[String: Any]])?.last?["information"] as? [String: Any]
            #expect(update?["type"] as? String == "AMENDED")
            #expect(update?["serviceProblemAmendmentId"] as? Int == amendment.id)
        }
    }

    @Test func `everything that is wrong is named`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post(
                "/v1/service-problem-amendments",
                #"{"serviceProblemId":0,"problemText":"short","escalationRequest":"yes","primaryContact":{},"#
                    + #""secondaryContact":{"phoneNumber":"one"},"characteristics":[{"name":""}],"notes":7}"#
            )

            #expect(answer.status == 422)
            #expect(
                answer.pointers == [
                    "/characteristics/0/name", "/characteristics/0/value", "/escalationRequest", "/notes",
                    "/primaryContact", "/problemText", "/secondaryContact/phoneNumber", "/serviceProblemId",
                ]
            )
        }
    }

    @Test func `a rule of the problem's is named, and its reservation is not used up`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.post("/v1/service-problems", TenantSample.problem("CPE"))
            let slot = try await bench.post("/v1/appointments", TenantSample.appointment("REPAIR", service: "S1000001"))

            let answer = try await bench.post(
                "/v1/service-problem-amendments",
                #"{"serviceProblemId":\#(problem.id),"appointmentReservationId":\#(slot.id),"#
                    + #""secondaryContact":{"name":"Bea Example"}}"#
            )

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/appointmentReservationId", "/secondaryContact/phoneNumber"])
            #expect(try await bench.census(.reservation) == ["held": 1])
            #expect(try await bench.census(.problemChange).isEmpty)
        }
    }

    @Test func `another visit is used with the amendment, in one commit`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.outage()
            let slot = try await bench.post("/v1/appointments", TenantSample.appointment("REPAIR", service: "S1000001"))
            let body = #"{"serviceProblemId":\#(problem),"appointmentReservationId":\#(slot.id)}"#

            let answer = try await bench.post("/v1/service-problem-amendments", body)
            let second = try await bench.post("/v1/service-problem-amendments", body)

            #expect(answer.status == 201)
            #expect(second.status == 422)
            #expect(try await bench.census(.reservation) == ["used": 2])
        }
    }

    @Test(arguments: ["service-problem-amendments", "service-problem-cancellations"])
    func `another's problem is as absent as one that never was`(collection: String) async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.post("/v1/service-problems", TenantSample.problem("CPE"))
            func ask(_ id: Int) async throws -> TenantAnswer {
                try await bench.post(
                    "/v1/\(collection)",
                    #"{"serviceProblemId":\#(id),"notes":"Hurry","reasonCode":"OTHER"}"#,
                    as: "RIVAL"
                )
            }

            let foreign = try await ask(problem.id)
            let absent = try await ask(987_654)

            #expect(foreign.status == 422 && absent.status == 422)
            #expect(foreign.pointers == ["/serviceProblemId"])
            #expect(foreign.json["errors"] as? [[String: String]] == absent.json["errors"] as? [[String: String]])
        }
    }

    @Test func `a supplier that is named must be the problem's`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.post("/v1/service-problems", TenantSample.problem("CPE"))

            let answer = try await bench.post(
                "/v1/service-problem-amendments",
                #"{"serviceProblemId":\#(problem.id),"supplier":"SOMEBODY","notes":"Hurry"}"#
            )

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/supplier"])
        }
    }
}

@Suite struct TenantCancelProblemTests {
    @Test func `a cancellation is asked for, and supersedes the amendment before it`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.post("/v1/service-problems", TenantSample.problem("CPE"))
            let amendment = try await bench.post(
                "/v1/service-problem-amendments",
                #"{"serviceProblemId":\#(problem.id),"notes":"Hurry"}"#
            )

            let answer = try await bench.post(
                "/v1/service-problem-cancellations",
                #"{"serviceProblemId":\#(problem.id),"reasonCode":"ISSUE_RESOLVED"}"#
            )
            await bench.deliverInHouse()

            #expect(answer.status == 201)
            let superseded = try await bench.get("/v1/service-problem-amendments/\(amendment.id)")
            #expect(superseded.json["status"] as? String == "REJECTED")
            #expect(superseded.json["reason"] as? String == "superseded by a cancellation")
            let read = try await bench.get("/v1/service-problem-cancellations/\(answer.id)")
            #expect(read.json["reasonCode"] as? String == "ISSUE_RESOLVED")
        }
    }

    @Test func `a problem that never left is cancelled here and now, and its visit given back`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.outage()
            _ = try await bench.post(
                "/v1/service-problem-amendments",
                #"{"serviceProblemId":\#(problem),"notes":"Hurry"}"#
            )

            let answer = try await bench.post(
                "/v1/service-problem-cancellations",
                #"{"serviceProblemId":\#(problem),"reasonCode":"ISSUE_RESOLVED"}"#
            )
            let rows = try await bench.outbox(.serviceProblem, problem)
            await bench.deliverInHouse()

            #expect(answer.status == 201)
            #expect(answer.json["status"] as? String == "COMPLETED")
            let toSupplier = rows.filter { $0.content.recipient == .supplier(id: "DUMMY_SUPPLIER") }
            #expect(toSupplier.map(\.state) == [.withdrawn, .withdrawn], "the supplier never hears of it")
            let read = try await bench.get("/v1/service-problems/\(problem)")
            #expect(read.json["status"] as? String == "CANCELLED")
            #expect(try await bench.census(.reservation) == ["released": 1])
            #expect(try await bench.census(.problemChange) == ["REJECTED": 1, "COMPLETED": 1])
        }
    }

    @Test func `a problem that was tried goes on, and the cancellation behind it`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.post("/v1/service-problems", TenantSample.problem("CPE"))
            await bench.deliverInHouse()

            let answer = try await bench.post(
                "/v1/service-problem-cancellations",
                #"{"serviceProblemId":\#(problem.id),"reasonCode":"ISSUE_RESOLVED"}"#
            )

            #expect(answer.json["status"] as? String == "RECEIVED_BY_GATEWAY")
            let rows = try await bench.outbox(.serviceProblem, problem.id)
            #expect(rows.map(\.state) == [.queued, .queued])
        }
    }

    @Test func `what has ended cannot be cancelled`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.post("/v1/service-problems", TenantSample.problem("CPE"))
            try await bench.exchange.tell(
                .serviceProblem(id: ID(Int64(problem.id)), input: .sendingFailed(reason: "no answer")),
                Cause("reply", by: "house")
            )

            let answer = try await bench.post(
                "/v1/service-problem-cancellations",
                #"{"serviceProblemId":\#(problem.id),"reasonCode":"OTHER"}"#
            )

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/serviceProblemId"])
        }
    }

    @Test func `everything that is wrong with a cancellation is named`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/service-problem-cancellations", #"{"reasonCode":"BORED","text":1}"#)

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/reasonCode", "/serviceProblemId", "/text"])
        }
    }
}

extension TenantBench {
    /// An outage with its visit.
    fileprivate func outage() async throws -> Int {
        let slot = try await post("/v1/appointments", TenantSample.appointment("REPAIR", service: "S1000001"))
        return try await post(
            "/v1/service-problems",
            TenantSample.problem("OUTAGE", #","appointmentReservationId":\#(slot.id)"#)
        ).id
    }
}
