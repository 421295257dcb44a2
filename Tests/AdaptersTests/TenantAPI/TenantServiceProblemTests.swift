import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

@Suite struct TenantRaiseProblemTests {
    @Test func `an outage with a reserved visit is raised`() async throws {
        try await TenantBench.run { bench in
            let slot = try await bench.post("/v1/appointments", TenantSample.appointment("REPAIR", service: "S1000001"))

            let answer = try await bench.post(
                "/v1/service-problems",
                TenantSample.problem("OUTAGE", #","appointmentReservationId":\#(slot.id)"#)
            )

            #expect(answer.status == 201)
            #expect(answer.json["status"] as? String == "RECEIVED_BY_GATEWAY")
            #expect(try await bench.outbox(.serviceProblem, answer.id).map(\.content.message) == [.problemRaised])
            #expect(try await bench.census(.reservation) == ["used": 1])
        }
    }

    @Test func `an outage without a visit is refused before anything is sent`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/service-problems", TenantSample.problem("OUTAGE"))

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/appointmentReservationId"])
            #expect(try await bench.census(.serviceProblem).isEmpty)
        }
    }

    @Test(arguments: ["PERFORMANCE", "STABILITY", "SYNCHRONISATION", "CUSTOMER", "CPE"])
    func `anything but an outage takes no visit`(type: String) async throws {
        try await TenantBench.run { bench in
            let slot = try await bench.post("/v1/appointments", TenantSample.appointment("REPAIR", service: "S1000001"))

            let answer = try await bench.post(
                "/v1/service-problems",
                TenantSample.problem(type, #","appointmentReservationId":\#(slot.id)"#)
            )

            #expect(answer.status == 422)
            #expect(try await bench.census(.reservation) == ["held": 1])
        }
    }

    @Test func `the tenant's own identifier is the reference at the supplier, the first time`() async throws {
        try await TenantBench.run { bench in
            let body = TenantSample.problem("CPE", #","externalIdentifier":"TICKET-7""#)
            let first = try await bench.post("/v1/service-problems", body)
            let second = try await bench.post("/v1/service-problems", body)

            let references = try await bench.exchange.read { transaction in
                try [first.id, second.id].map { try transaction.find(ID<ServiceProblem>(Int64($0)))?.faultReference }
            }
            #expect(references == ["TICKET-7", "SP-\(second.id)"])
        }
    }

    @Test func `a problem breaks several rules at once, and all are named`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post(
                "/v1/service-problems",
                #"{"problemType":"FIRE","problemText":"short","supplier":"DUMMY_SUPPLIER","characteristics":[]}"#
            )

            #expect(answer.status == 422)
            #expect(
                answer.pointers == [
                    "/characteristics", "/primaryContact", "/problemText", "/problemType", "/serviceId",
                    "/serviceSpecification",
                ]
            )
        }
    }

    @Test func `where a test is required a problem must name one`() async throws {
        try await TenantBench.run(testRequired: true) { bench in
            let answer = try await bench.post("/v1/service-problems", TenantSample.problem("CPE"))

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/serviceTestId"])
        }
    }

    @Test func `a test of another tenant's is none`() async throws {
        try await TenantBench.run { bench in
            let test = try await bench.post("/v1/service-tests", TenantSample.test, as: "RIVAL")

            let answer = try await bench.post(
                "/v1/service-problems",
                TenantSample.problem("CPE", #","serviceTestId":\#(test.id)"#)
            )

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/serviceTestId"])
        }
    }
}

@Suite struct TenantRequestTestTests {
    @Test func `a test is accepted and on its way`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/service-tests", TenantSample.test)

            #expect(answer.status == 201)
            #expect(try await bench.outbox(.serviceTest, answer.id).map(\.content.message) == [.testRequested])
        }
    }

    @Test func `a test's result is read once it is there`() async throws {
        try await TenantBench.run { bench in
            let asked = try await bench.post("/v1/service-tests", TenantSample.test)
            let found = TestResult(
                outcome: .red,
                code: "NO_LIGHT",
                text: "The ONT is down.",
                raiseProblem: true,
                validUntil: nil
            )
            try await bench.exchange.tell(
                .serviceTest(id: ID(Int64(asked.id)), input: .supplierAcknowledged(reference: "T-1", result: found)),
                Cause("reply", by: "house")
            )

            let answer = try await bench.get("/v1/service-tests/\(asked.id)")

            let result = answer.json["result"] as? [String: Any]
            #expect(result?["outcome"] as? String == "RED")
            #expect(result?["validUntil"] as? String == "2026-03-02T11:00:00Z")
            #expect((answer.json["updates"] as? [Any])?.count == 3)
        }
    }

    @Test func `a supplier needs to know whether the line ever worked`() async throws {
        try await TenantBench.run { bench in
            let body = TenantSample.test.replacingOccurrences(of: "SERVICE_HAS_WORKED", with: "COLOUR")

            let answer = try await bench.post("/v1/service-tests", body)

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/characteristics"])
        }
    }
}

@Suite struct TenantAnswerResolutionTests {
    @Test func `a tenant accepts a resolution, and the supplier is told`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.resolvedProblem()

            let answer = try await bench.send(
                .patch,
                "/v1/service-problem-resolutions/77",
                #"{"status":"ACCEPTED"}"#
            )

            #expect(answer.status == 200)
            #expect(answer.json["status"] as? String == "ACCEPTED")
            #expect(answer.json["serviceProblemId"] as? Int == problem)
            let last = try await bench.outbox(.serviceProblem, problem).last
            #expect(last?.content.message == .resolutionAnswered(accepted: true, reason: nil))
        }
    }

    @Test func `a rejection needs a reason`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.resolvedProblem()

            let answer = try await bench.send(
                .patch,
                "/v1/service-problem-resolutions/77",
                #"{"status":"REJECTED"}"#
            )

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/tenantNotes"])
        }
    }

    @Test func `a resolution is answered once`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.resolvedProblem()
            _ = try await bench.send(.patch, "/v1/service-problem-resolutions/77", #"{"status":"ACCEPTED"}"#)

            let late = try await bench.send(
                .patch,
                "/v1/service-problem-resolutions/77",
                #"{"status":"REJECTED","tenantNotes":"Still dark"}"#
            )

            #expect(late.status == 422)
        }
    }

    @Test func `a resolution is read by its own number`() async throws {
        try await TenantBench.run { bench in
            let problem = try await bench.resolvedProblem()

            let mine = try await bench.get("/v1/service-problem-resolutions/77")

            #expect(mine.status == 200)
            #expect(mine.json["status"] as? String == "PENDING")
            #expect(mine.json["serviceProblemId"] as? Int == problem)
            #expect(try await bench.get("/v1/service-problem-resolutions/77", as: "RIVAL").status == 404)
            #expect(try await bench.get("/v1/service-problem-resolutions/78").status == 404)
        }
    }

    @Test func `a supplier that asks nobody takes no rejection, and says so beforehand`() async throws {
        try await TenantBench.run(confirmsResolutions: false) { bench in
            let problem = try await bench.resolvedProblem()

            let refused = try await bench.send(
                .patch,
                "/v1/service-problem-resolutions/77",
                #"{"status":"REJECTED","tenantNotes":"Still dark"}"#
            )
            let accepted = try await bench.send(
                .patch,
                "/v1/service-problem-resolutions/77",
                #"{"status":"ACCEPTED"}"#
            )

            #expect(refused.status == 501)
            #expect(accepted.status == 200)
            #expect(try await bench.get("/v1/service-problems/\(problem)").json["status"] as? String == "COMPLETED")
            let capabilities = try await bench.get("/v1/suppliers").list.first?["capabilities"] as? [String: Bool]
            #expect(capabilities?["resolutionConfirm"] == false)
        }
    }

    @Test func `another's resolution is not there`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.resolvedProblem()

            let answer = try await bench.send(
                .patch,
                "/v1/service-problem-resolutions/77",
                #"{"status":"ACCEPTED"}"#,
                as: "RIVAL"
            )

            #expect(answer.status == 404)
        }
    }
}

extension TenantBench {
    /// A problem that its supplier has resolved, with resolution 77.
    fileprivate func resolvedProblem() async throws -> Int {
        let raised = try await post("/v1/service-problems", TenantSample.problem("CPE"))
        for (number, status) in [TicketNews.Status.accepted, .inProgress, .resolved].enumerated() {
            let news = TicketNews(
                message: MessageID("m-\(number)"),
                event: .status,
                status: status,
                sentAt: Self.start,
                receivedOn: Self.start,
                maintainerFaultReference: "CS0000001"
            )
            let input = ServiceProblem.Input.ticketUpdated(news, resolution: ID(77))
            try await exchange.tell(
                .serviceProblem(id: ID(Int64(raised.id)), input: input),
                Cause("notifyFaultReportUpdate", by: "supplier/DUMMY_SUPPLIER")
            )
        }
        return raised.id
    }
}
